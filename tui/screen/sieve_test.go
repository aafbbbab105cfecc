package screen

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// sifted feeds chunks to a sieve. A chunk "..." stands for time that passes
// without input.
func sifted(chunks []string) (out, events string) {
	var texts clips
	s := newSieve(&texts,
		func(osc string) { events += "<" + osc + ">" },
		func(in bool) { events += fmt.Sprintf("<focus %v>", in) },
	)
	var b []byte
	for _, chunk := range chunks {
		if chunk == "..." {
			if s.unsure() {
				b = s.settle(b)
			}
			continue
		}
		b = s.feed(b, []byte(chunk))
	}
	return withTexts(string(b), &texts), events
}

// withTexts puts the texts of pastes where they were, as Bubble Tea's messages
// bring them back.
func withTexts(out string, texts *clips) string {
	parts := strings.Split(out, pasteStart+pasteEnd)
	for i := range parts[1:] {
		parts[i] += pasteStart + string(texts.take()) + pasteEnd
	}
	return strings.Join(parts, "")
}

func TestSieve(t *testing.T) {
	const answer = "11;rgb:1e1e/1e1e/2e2e"
	tests := map[string]struct {
		in          []string
		out, events string
	}{
		"text goes on":                       {[]string{"abc é 日"}, "abc é 日", ""},
		"keys and mouse go on":               {[]string{"\x1b[A\x1b[<35;3;4M\x1bOP\x1bx\x1b[1;5C"}, "\x1b[A\x1b[<35;3;4M\x1bOP\x1bx\x1b[1;5C", ""},
		"ctrl+c as CSI u":                    {[]string{"\x1b[99;5u"}, "\x03", ""},
		"ctrl+r as modifyOtherKeys":          {[]string{"\x1b[27;5;114~"}, "\x12", ""},
		"esc, enter and tab as CSI u":        {[]string{"\x1b[27u\x1b[13u\x1b[9u\x1b[9;2u"}, "\x1b\r\t\x1b[Z", ""},
		"alt and shift as CSI u":             {[]string{"\x1b[97;3u\x1b[97;2u\x1b[233u"}, "\x1baAé", ""},
		"a key let go":                       {[]string{"\x1b[97;1:3u"}, "", ""},
		"a key without a character":          {[]string{"\x1b[57358u\x1b[49;5u"}, "", ""},
		"a report that is no key":            {[]string{"\x1b[?1u\x1b[?62;4c\x1b[3~"}, "\x1b[?1u\x1b[?62;4c\x1b[3~", ""},
		"keys are not read out of a paste":   {[]string{"\x1b[200~\x1b[99;5u\x1bPx\x1b\\\x1b[201~"}, "\x1b[200~\x1b[99;5u\x1bPx\x1b\\\x1b[201~", ""},
		"the version of a terminal":          {[]string{"a\x1bP>|tmux 3.4\x1b\\b"}, "ab", ""},
		"alt and P before text":              {[]string{"\x1bPquiet"}, "\x1bPquiet", ""},
		"an answer is taken out":             {[]string{"a\x1b]" + answer + "\x1b\\b"}, "ab", "<" + answer + ">"},
		"an answer that ends with a bell":    {[]string{"\x1b]" + answer + "\x07x"}, "x", "<" + answer + ">"},
		"an answer in pieces":                {[]string{"\x1b", "]1", "1;rgb:1e1e/", "1e1e/2e2e", "\x1b", "\\k"}, "k", "<" + answer + ">"},
		"an answer late after its esc":       {[]string{"\x1b", "...", "]" + answer + "\x07k"}, "\x1bk", "<" + answer + ">"},
		"an answer late after its bracket":   {[]string{"\x1b]", "...", answer + "\x07k"}, "\x1b]k", "<" + answer + ">"},
		"an answer without end, then a key":  {[]string{"\x1b]11;rgb:1e1e", "\x1b[A"}, "\x1b[A", ""},
		"esc before alt and a letter":        {[]string{"\x1b\x1bq"}, escAlone + "\x1bq", ""},
		"esc before it, in three reads":      {[]string{"\x1b", "\x1b", "q"}, escAlone + "\x1bq", ""},
		"esc before a mouse report":          {[]string{"\x1b\x1b[<35;3;4M"}, escAlone + "\x1b[<35;3;4M", ""},
		"esc before a focus report":          {[]string{"\x1b\x1b[", "Ix"}, escAlone + "x", "<focus true>"},
		"esc before ctrl+c as CSI u":         {[]string{"\x1b\x1b[99;5u"}, escAlone + "\x03", ""},
		"esc three times, then a letter":     {[]string{"\x1b\x1b\x1bx"}, escAlone + escAlone + "\x1bx", ""},
		"alt and an arrow, as rxvt sends it": {[]string{"\x1b\x1b[A\x1b\x1bOB\x1b\x1b[5~"}, "\x1b\x1b[A\x1b\x1bOB\x1b\x1b[5~", ""},
		"ctrl+_ stands for esc alone":        {[]string{"a\x1fb\x1f"}, "ab", ""},
		"esc is a key when nothing follows":  {[]string{"\x1b", "..."}, "\x1b", ""},
		"esc and then a bracket typed":       {[]string{"\x1b", "...", "]", "1", "1"}, "\x1b]11", ""},
		"alt and a bracket":                  {[]string{"\x1b]", "..."}, "\x1b]", ""},
		"alt and the other bracket":          {[]string{"\x1b[", "..."}, "\x1b[", ""},
		"a mouse report in two reads":        {[]string{"\x1b[<35;1", "2;7M"}, "\x1b[<35;12;7M", ""},
		"focus is told":                      {[]string{"\x1b[Ia\x1b[O"}, "a", "<focus true><focus false>"},
		"an old arrow is no focus":           {[]string{"\x1b[OA"}, "\x1b[OA", ""},
		"a letter in two reads":              {[]string{"\xe6\x97", "\xa5"}, "日", ""},
		"a broken letter goes on":            {[]string{"\xe6\x97", "x"}, "\xe6\x97x", ""},
		"a paste goes on as it is":           {[]string{"\x1b[200~a\nb \x1b[I\x1b[201~"}, "\x1b[200~a\nb \x1b[I\x1b[201~", ""},
		"a paste whose end was lost, quit":   {[]string{"\x1b[200~ab", "\x03"}, "\x1b[200~ab\x1b[201~\x03", ""},
		"a lost end, then another paste":     {[]string{"\x1b[200~ab", "\x1b[200~cd\x1b[201~k"}, "\x1b[200~abcd\x1b[201~k", ""},
		"an end without a start":             {[]string{"a\x1b[201~b"}, "a\x1b[201~b", ""},
		"esc and a paste at once":            {[]string{"\x1b\x1b[200~q\x1b[201~"}, escAlone + "\x1b[200~q\x1b[201~", ""},
		"esc, and a paste a moment later":    {[]string{"\x1b", "...", "\x1b[200~q\x1b[201~"}, "\x1b\x1b[200~q\x1b[201~", ""},
		"a paste late after its esc":         {[]string{"\x1b", "...", "[200~q\x1b[201~"}, "\x1b\x1b[200~q\x1b[201~", ""},
		"alt and an arrow, the old way":      {[]string{"\x1b\x1b[A"}, "\x1b\x1b[A", ""},
		"esc at the end of a paste":          {[]string{"\x1b[200~a\x1b", "...", "\x1b[201~k"}, "\x1b[200~a\x1b\x1b[201~k", ""},
		"other answers are taken out":        {[]string{"\x1b]10;rgb:ff/ff/ff\x07\x1b]52;c;aGk=\x07"}, "", "<10;rgb:ff/ff/ff><52;c;aGk=>"},
		"a bracket typed fast is no answer":  {[]string{"\x1b]", "\r"}, "\x1b]\r", ""},
		"two escs":                           {[]string{"\x1b\x1b", "..."}, escAlone + "\x1b", ""},
		"a sequence that is far too long":    {[]string{"\x1b[" + strings.Repeat("1", 300) + "m"}, "\x1b[" + strings.Repeat("1", 300) + "m", ""},
		"an answer that is far too long":     {[]string{"\x1b]11;" + strings.Repeat("f", 300)}, "", ""},
		"the rest of an answer is not typed": {[]string{"\x1b]11;rgb:0000/", "0000/0000\x1b\\"}, "", "<11;rgb:0000/0000/0000>"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			out, events := sifted(tt.in)
			if name == "an answer that is far too long" {
				out = strings.Trim(out, "f") // the rest of what nobody sends
			}
			if out != tt.out || events != tt.events {
				t.Errorf("got %q %q, want %q %q", out, events, tt.out, tt.events)
			}
		})
	}
}

func TestAnyCutGivesTheSame(t *testing.T) {
	tokens := []string{
		"a", "é", "日", "\x1b[A", "\x1b[<0;12;34M", "\x1b[<35;1;1m", "\x1b]11;rgb:0/0/0\x07", "\x1b]11;rgb:ffff/ffff/ffff\x1b\\",
		"\x1b[I", "\x1bx", "\x1b\x1bq", "\x1b\x1b[A", "\x1b[200~p\x1b[201~", "\x1b[1;5D", "\r", " ",
	}
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 7))
		var all strings.Builder
		for range 1 + r.IntN(12) {
			all.WriteString(tokens[r.IntN(len(tokens))])
		}
		var cut []string
		for rest := all.String(); rest != ""; {
			n := 1 + r.IntN(len(rest))
			cut, rest = append(cut, rest[:n]), rest[n:]
		}
		out, events := sifted(cut)
		wantOut, wantEvents := sifted([]string{all.String()})
		if out != wantOut || events != wantEvents {
			t.Fatalf("%q: got %q %q, want %q %q", cut, out, events, wantOut, wantEvents)
		}
	}
}

func TestAFloodOfPasteIsBounded(t *testing.T) {
	var texts clips
	s := newSieve(&texts, func(string) {}, func(bool) {})
	out := s.feed(nil, []byte(pasteStart))
	for range 100 {
		out = s.feed(out, bytes.Repeat([]byte("x"), 100_000))
	}
	out = s.feed(out, []byte(pasteEnd+"after"))
	if want := pasteStart + pasteEnd + "after"; string(out) != want {
		t.Errorf("what goes on is %d bytes, ending %q", len(out), out[max(len(out)-20, 0):])
	}
	if n := len(texts.take()); n != maxPaste {
		t.Errorf("%d bytes of it are kept", n)
	}
}

func TestAnyPasteHasAnEnd(t *testing.T) {
	inside := []string{"x", "é", "日", "\x1b", "\x1b[", "\x1b[20", "\x1b]", "\x1b]11;", "\x1bP", "\x1bO", "\x1b[I", "\x1b[<0;1;1M", "\x03", "\xff", "\n"}
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 11))
		var text strings.Builder
		for range r.IntN(9) {
			text.WriteString(inside[r.IntN(len(inside))])
		}
		all := []string{"", "a", "\x1b[A"}[r.IntN(3)] + pasteStart + text.String() + pasteEnd + "z"
		start := strings.Index(all, pasteStart) + len(pasteStart)
		cut := []string{all[:start]}
		for rest := all[start:]; rest != ""; {
			n := 1 + r.IntN(len(rest))
			if rest[0] == ctrlC && n == 1 {
				n = 2 // alone it is a key
			}
			cut, rest = append(cut, rest[:n], "..."), rest[n:]
		}
		out, _ := sifted(cut)
		want := strings.ToValidUTF8(strings.Replace(all, pasteStart, "", 1), "")
		if got := strings.Replace(out, pasteStart, "", 1); got != want {
			t.Fatalf("%q: got %q, want %q", cut, got, want)
		}
	}
}

func FuzzSieve(f *testing.F) {
	f.Add("a\x1b]11;rgb:0/0/0\x07b", uint8(3))
	f.Add("\x1b[<1;2\x1b\x1b[", uint8(1))
	f.Add("\x1b[99;5u\x1b[27;5;114~\x1bP>|x\x1b\\", uint8(4))
	f.Fuzz(func(t *testing.T, in string, cut uint8) {
		s := newSieve(&clips{}, func(string) {}, func(bool) {})
		var out []byte
		for len(in) > 0 {
			n := min(len(in), 1+int(cut))
			out = s.feed(out, []byte(in[:n]))
			in = in[n:]
			if len(s.held) > maxHeld+utf8Max {
				t.Fatalf("%d bytes are held", len(s.held))
			}
		}
	})
}

const utf8Max = 4
