import { describe, expect, it } from 'vitest';
import { madeBy, tagOf } from './label';

describe('label', () => {
  it('a_tag_is_the_last_part_of_its_name', () => {
    const check = (id: string, text: string): void => expect(tagOf(id), id).toBe(text);
    check('tag:127.0.0.1:5100/demo/x:1.0.0', '1.0.0');
    check('tag:docker-archive:/home/a/app.tar', 'app.tar');
    check('tag:oci:C:\\images\\x:2', '2');
    check('tag:ghcr.io/a/b@sha256:00', 'b');
    check('tag:r/x:\u202e1', '⟨U+202E⟩1');
  });

  it('what_made_a_layer_is_shown_without_what_builders_write_around_it', () => {
    const check = (text: string, shown: string): void => expect(madeBy(text), text).toBe(shown);
    check('COPY hello-amd64 /hello # buildkit', '/hello');
    check('/bin/sh -c #(nop) COPY file:0123456789abcdef in /hello ', '/hello');
    check('ADD rootfs.tar / # buildkit', '/');
    check('/bin/sh -c #(nop)  CMD ["sh"]', 'CMD ["sh"]');
    check('RUN /bin/sh -c apt-get update # buildkit', 'RUN apt-get update');
    check('/bin/sh -c apt-get update', 'RUN apt-get update');
    check('RUN |1 A=b /bin/sh -c make # buildkit', 'RUN make');
    check('', '');
  });
});
