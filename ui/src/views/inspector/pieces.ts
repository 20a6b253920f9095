import type { NodeId } from '../../api/bindings';
import { type Token, type TokenKind, tokenize } from './json';
import { runsOf } from '../../components/shared/runs';
import { secretPieces } from './secrets';

/** What a piece of a document is drawn as; a `break` is a line end that is drawn and not written. */
export type PieceKind = 'quiet' | 'value' | 'hidden' | 'secret' | 'link' | 'break';

export interface Piece {
  readonly kind: PieceKind;
  /** Exactly as in the document; the pieces together are the document. */
  readonly raw: string;
  /** As drawn: characters that cannot be seen are written out. */
  readonly shown: string;
  /** For links: the node that the digest names. */
  readonly node?: NodeId;
  /** For breaks: how deep the next line stands. */
  readonly depth?: number;
}

const KIND: Record<TokenKind, PieceKind> = {
  space: 'quiet',
  punctuation: 'quiet',
  key: 'quiet',
  string: 'value',
  number: 'value',
  word: 'value',
  other: 'value',
};

/** A digest in the text; without a node it leads nowhere. */
interface Span {
  start: number;
  end: number;
  digest?: string;
  node?: NodeId;
}

/** A digest in the document that is a node of the tree. */
interface Link extends Span {
  readonly node: NodeId;
}

class Cutter {
  readonly pieces: Piece[] = [];
  /** The name that the next string is the value of; inside an array it stays. */
  private key = '';
  private nextLink = 0;
  private depth = 0;
  /** The character before, when it opened an object or a list. */
  private opened = false;

  constructor(
    private readonly text: string,
    private readonly links: readonly Link[],
    private readonly addsBreaks: boolean,
  ) {}

  token(token: Token): void {
    const raw = this.text.slice(token.start, token.end);
    if (token.kind === 'key') this.key = raw.slice(1, -1);
    if (this.opened && raw !== '}' && raw !== ']') {
      if (this.addsBreaks) this.pushBreak();
      this.opened = false;
    }
    if (this.addsBreaks && token.kind === 'punctuation') this.broken(raw);
    else if (token.kind === 'space' || token.kind === 'punctuation')
      this.push({ kind: 'quiet', raw, shown: raw });
    else if (token.kind === 'string') this.string(token);
    else this.plain(KIND[token.kind], raw);
  }

  /** A line for each member, as people indent JSON; the document's characters stay as they are. */
  private broken(raw: string): void {
    const wasOpened = this.opened;
    const closes = raw === '}' || raw === ']';
    this.opened = raw === '{' || raw === '[';
    if (closes) this.depth -= 1;
    if (closes && !wasOpened) this.pushBreak();
    this.push({ kind: 'quiet', raw, shown: raw });
    if (this.opened) this.depth += 1;
    if (raw === ',') this.pushBreak();
  }

  private pushBreak(): void {
    this.pieces.push({ kind: 'break', raw: '', shown: '', depth: Math.max(0, this.depth) });
  }

  private string(token: Token): void {
    let at = token.start;
    for (let link = this.linkWithin(at, token.end); link; link = this.linkWithin(at, token.end)) {
      this.plain('value', this.text.slice(at, link.start));
      const raw = this.text.slice(link.start, link.end);
      this.push({ kind: 'link', raw, shown: raw, node: link.node });
      at = link.end;
    }
    if (at > token.start) this.plain('value', this.text.slice(at, token.end));
    else this.maybeSecret(this.text.slice(token.start, token.end));
  }

  private linkWithin(start: number, end: number): Link | undefined {
    while ((this.links[this.nextLink]?.start ?? Infinity) < start) this.nextLink += 1;
    const link = this.links[this.nextLink];
    return link && link.end <= end ? link : undefined;
  }

  /** `"NAME=value"` of an environment list is looked at like `"NAME": "value"`. */
  private maybeSecret(raw: string): void {
    const inner = raw.slice(1, -1);
    this.plain('value', raw.slice(0, 1));
    for (const piece of secretPieces(this.key, inner)) {
      if (piece.secret) this.push({ kind: 'secret', raw: piece.text, shown: piece.text });
      else this.plain('value', piece.text);
    }
    this.plain('value', raw.slice(-1));
  }

  private plain(kind: PieceKind, raw: string): void {
    for (const run of runsOf(raw))
      this.push({ kind: run.hidden ? 'hidden' : kind, raw: run.raw, shown: run.shown });
  }

  /** Neighbours that are drawn alike become one element. */
  private push(piece: Piece): void {
    const last = this.pieces.at(-1);
    if (last && last.kind === piece.kind && (piece.kind === 'quiet' || piece.kind === 'value')) {
      this.pieces[this.pieces.length - 1] = {
        kind: piece.kind,
        raw: last.raw + piece.raw,
        shown: last.shown + piece.shown,
      };
    } else if (piece.raw !== '') {
      this.pieces.push(piece);
    }
  }
}

export interface Drawing {
  /** How far, in characters. */
  readonly until?: number;
  /** Draws a line for each member of a document that is written in one line. */
  readonly addsBreaks?: boolean;
}

/** Whether a document has no line ends of its own, as most builders write configs. */
export function isOneLine(text: string): boolean {
  return text.length > 120 && !/\n[^\s]|\n\s+\S/.test(text.slice(0, 4_000));
}

/** The document's text from its beginning, ready to be drawn. */
export function piecesOf(text: string, spans: readonly Span[], drawing: Drawing = {}): Piece[] {
  const links = spans
    .filter((span): span is Link => span.node !== undefined)
    .sort((a, b) => a.start - b.start);
  const cutter = new Cutter(text, links, drawing.addsBreaks ?? false);
  for (const token of tokenize(text, drawing.until ?? text.length)) cutter.token(token);
  return cutter.pieces;
}
