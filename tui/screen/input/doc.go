// Package input decodes what a terminal sends: bytes and the time at which
// they came go in, Bubble Tea's messages come out. It knows no terminal, reads
// no clock and asks for nothing, so that all of it can be tested.
//
// # Sequences
//
// What a sequence means does not depend on how reads cut it. A lone ESC is
// held for escTime, as it may be the start of a sequence; then it is the key
// esc. If the rest of a sequence comes even later, it still is that sequence,
// and not typed text. A sequence that nobody knows is dropped whole.
//
// ESC before a character is the key esc and then that character, as somebody
// types them over a slow link. Only before a key that edits text with alt
// (see altKey) is it that alt.
//
// # Text without marks
//
// Terminals that know no marks for a paste send its text as if it had been
// typed. Characters that come in one go, less than runGap apart, are:
//
//   - keys, each a message of its own, while there are no more than mostKeys
//     different ones among them: a key that is held repeats one, and keys
//     typed ahead over a slow link are few;
//   - a [Text] otherwise, line breaks and tabs included, and so is what
//     follows less than textGap later.
//
// Characters that came before it was known to be text have acted as keys.
package input
