import type { Problem, RegistrySettings } from '../../api/bindings';
import type { Host } from '../../api/host';

/** What a registry needs beside an account, while it is edited. */
export class Connection {
  ca = $state('');
  clientCertificate = $state('');
  clientKey = $state('');
  insecure = $state(false);
  plainHttp = $state(false);
  problem = $state.raw<Problem | null>(null);

  /** For which host the fields are; empty until one was read. */
  host = $state('');
  private kept = $state.raw<RegistrySettings>({ insecure: false, plainHttp: false, allowRealm: [] });

  changed: boolean = $derived(
    this.ca.trim() !== (this.kept.ca ?? '') ||
      this.clientCertificate.trim() !== (this.kept.clientCertificate ?? '') ||
      this.clientKey.trim() !== (this.kept.clientKey ?? '') ||
      this.insecure !== this.kept.insecure ||
      this.plainHttp !== this.kept.plainHttp,
  );
  /** Whether anything is out of the ordinary. */
  special: boolean = $derived(
    this.ca !== '' ||
      this.clientCertificate !== '' ||
      this.clientKey !== '' ||
      this.insecure ||
      this.plainHttp,
  );

  constructor(private readonly with_: Host) {}

  /** Reads what is kept for a host. What was typed for another one, and not kept, goes along to it. */
  async read(host: string): Promise<void> {
    if (host === this.host) return;
    const kept =
      host === ''
        ? { insecure: false, plainHttp: false, allowRealm: [] }
        : await this.with_.registrySettings(host);
    const typed = this.changed;
    this.host = host;
    this.kept = kept;
    if (!typed) this.take(kept);
  }

  private take(kept: RegistrySettings): void {
    this.ca = kept.ca ?? '';
    this.clientCertificate = kept.clientCertificate ?? '';
    this.clientKey = kept.clientKey ?? '';
    this.insecure = kept.insecure;
    this.plainHttp = kept.plainHttp;
  }

  /** Keeps what was changed; gives the problem when it cannot be kept. */
  async saveIfChanged(host: string): Promise<Problem | null> {
    await this.read(host);
    return this.changed ? this.save(host) : null;
  }

  private async save(host: string, more: Partial<RegistrySettings> = {}): Promise<Problem | null> {
    const set = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim());
    const { ca: _ca, clientCertificate: _certificate, clientKey: _key, ...others } = this.kept;
    const settings: RegistrySettings = {
      ...others,
      insecure: this.insecure,
      plainHttp: this.plainHttp,
      ...more,
    };
    const [ca, clientCertificate, clientKey] = [
      set(this.ca),
      set(this.clientCertificate),
      set(this.clientKey),
    ];
    if (ca) settings.ca = ca;
    if (clientCertificate) settings.clientCertificate = clientCertificate;
    if (clientKey) settings.clientKey = clientKey;
    const result = await this.with_.saveRegistrySettings(host, settings);
    this.problem = result.ok ? null : result.problem;
    if (result.ok) this.kept = settings;
    return this.problem;
  }

  /** The profile that is used there; null when AWS is left to find one. */
  get awsProfile(): string | null {
    return this.kept.awsProfile ?? null;
  }

  /** Keeps which profile of AWS is used there. */
  async chooseProfile(host: string, profile: string | null): Promise<Problem | null> {
    await this.read(host);
    if (profile === this.awsProfile && !this.changed) return null;
    if (profile !== null) return this.save(host, { awsProfile: profile });
    const { awsProfile: _none, ...others } = this.kept;
    this.kept = others;
    return this.save(host);
  }
}
