package input

import (
	"bytes"
	"time"
	"unicode"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"
)

const (
	// escTime is how long a lone ESC waits for the rest of a sequence.
	escTime = 40 * time.Millisecond
	// introTime is how long ESC and the character that begins a sequence
	// wait for the rest. Somebody may have pressed them one after the other.
	introTime = 250 * time.Millisecond
	// answerTime is how long what may be the start of an answer does.
	answerTime = time.Second

	// maxSequence is how many bytes of a sequence are kept. A longer one is
	// dropped whole.
	maxSequence = 4096
)

// Decoder decodes the input of one terminal. The zero Decoder is ready.
type Decoder struct {
	held    []byte // the start of something unfinished
	escSent bool   // held begins with an ESC that was the key esc already
	tooLong bool   // held is cut, and will be dropped
	due     time.Time
	waited  bool // due was put off once

	paste paste
	run   run
	out   []tea.Msg
}

// Decode returns what b means, which came at now. Parts of it may wait for
// more: see [Decoder.Due].
func (d *Decoder) Decode(b []byte, now time.Time) []tea.Msg {
	if len(b) == 0 {
		return d.take()
	}
	if d.paste.open && d.paste.lost(b, now) {
		d.held = nil
		d.emit(d.paste.end())
	}
	in := append(d.held, b...)
	d.held, d.due, d.waited = nil, time.Time{}, false
	for len(in) > 0 {
		n := d.next(in, now)
		if n == 0 {
			d.hold(in, now)
			break
		}
		in = in[n:]
	}
	if d.paste.open {
		d.paste.at = now
		d.due = now.Add(pasteTime)
	}
	return d.take()
}

// Due returns when [Decoder.Expire] is to be called if nothing comes before;
// zero while nothing waits.
func (d *Decoder) Due() time.Time {
	if at := d.run.due(); !at.IsZero() && (d.due.IsZero() || at.Before(d.due)) {
		return at
	}
	return d.due
}

// Expire returns what the bytes that wait mean if nothing follows them. A call
// that comes late says that this process did not run, so that more bytes may
// lie unread: then it waits once more.
func (d *Decoder) Expire(now time.Time) []tea.Msg {
	if at := d.run.due(); !at.IsZero() && !now.Before(at) {
		d.endRun()
	}
	switch late := now.Sub(d.due); {
	case d.due.IsZero() || late < 0:
	case late > escTime/2 && !d.waited:
		d.due, d.waited = now.Add(escTime), true
	default:
		d.settle(now)
	}
	return d.take()
}

func (d *Decoder) take() []tea.Msg {
	out := d.out
	d.out = nil
	return out
}

func (d *Decoder) emit(msg tea.Msg) { d.out = append(d.out, msg) }

// next decodes what in begins with and returns its length, 0 if more has to
// come.
func (d *Decoder) next(in []byte, now time.Time) int {
	switch {
	case d.paste.open:
		n, done := d.paste.add(in)
		if done {
			d.emit(d.paste.end())
		}
		return n
	case in[0] == esc:
		return d.escape(in)
	}
	return d.characters(in, now)
}

// escape decodes in, which begins with ESC.
func (d *Decoder) escape(in []byte) int {
	d.endRun()
	if d.escSent && len(in) > 1 && in[1] == esc {
		d.escSent = false
		return 1
	}
	n, found := scan(in)
	switch found {
	case unfinished, unsure:
		return 0
	case sequence:
		d.meaning(in[:n])
	case broken:
	case key:
		n = d.escKey(in)
	}
	d.escSent, d.tooLong = false, false
	return n
}

// escKey decodes in, which begins with an ESC that begins no sequence.
func (d *Decoder) escKey(in []byte) int {
	if d.escSent {
		return 1
	}
	if msg, n := altKey(in); n > 0 {
		d.emit(msg)
		return n
	}
	d.emit(tea.KeyMsg{Type: tea.KeyEsc})
	return 1
}

// hold keeps in, of which more has to come.
func (d *Decoder) hold(in []byte, now time.Time) {
	if len(in) > maxSequence {
		in, d.tooLong = in[:maxSequence], true
	}
	d.held = bytes.Clone(in)
	if d.paste.open || in[0] != esc {
		return
	}
	_, found := scan(in)
	switch {
	case found != unsure, len(in) == 1 && d.escSent:
	case len(in) == 1, len(in) == 2 && (d.escSent || in[1] == esc):
		d.due = now.Add(escTime)
	case len(in) == 2, in[1] == esc:
		d.due = now.Add(introTime)
	default:
		d.due = now.Add(answerTime)
	}
}

// settle decodes what is held, since nothing follows it. An ESC stays held: if
// the rest of a sequence comes after all, it is known for one.
func (d *Decoder) settle(now time.Time) {
	d.due = time.Time{}
	if d.paste.open {
		d.held = nil
		d.emit(d.paste.end())
		return
	}
	in := d.held
	d.held = nil
	for {
		if !d.escSent {
			d.emit(tea.KeyMsg{Type: tea.KeyEsc})
		}
		if d.escSent = len(in) == 1; d.escSent {
			d.held = in
			return
		}
		if in = in[1:]; in[0] != esc {
			d.characters(in, now)
			return
		}
	}
}

// meaning decodes a whole sequence.
func (d *Decoder) meaning(seq []byte) {
	if d.tooLong || len(seq) > maxSequence {
		return
	}
	alt := seq[1] == esc
	if alt {
		seq = seq[1:]
	}
	body := string(seq[2:])
	var msg tea.Msg
	switch seq[1] {
	case '[':
		if body == pasteStart {
			d.paste.open = true
			return
		}
		msg = csi(body)
	case 'O':
		msg = ss3(body)
	default:
		msg = Reply{Kind(seq[1]), unterminated(body)}
	}
	if k, ok := msg.(tea.KeyMsg); ok && alt {
		k.Alt = true
		msg = k
	}
	if msg != nil {
		d.emit(msg)
	}
}

// characters decodes the characters and the control characters at the start of
// in, up to an ESC, and returns how many bytes that were. A character that was
// cut is left for later.
func (d *Decoder) characters(in []byte, now time.Time) int {
	n := 0
	var chars []rune
	for n < len(in) && in[n] != esc && utf8.FullRune(in[n:]) {
		r, size := utf8.DecodeRune(in[n:])
		n += size
		switch {
		case r == utf8.RuneError && size == 1:
		case r == '\r', r == '\n', r == '\t', !unicode.IsControl(r):
			chars = append(chars, r)
		case r < ' ', r == del:
			d.typed(chars, now)
			chars = nil
			d.endRun()
			d.emit(character(r))
		}
	}
	d.typed(chars, now)
	return n
}

// typed takes characters that came together.
func (d *Decoder) typed(chars []rune, now time.Time) {
	switch {
	case len(chars) == 0:
	case d.run.add(chars, now):
		d.run.keep(chars)
	default:
		for _, r := range chars {
			d.emit(character(r))
		}
	}
}

// endRun ends the run of characters, of which a text is a message now.
func (d *Decoder) endRun() {
	if text, ok := d.run.end(); ok {
		d.emit(text)
	}
}
