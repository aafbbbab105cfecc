package input_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/screen/input"
)

// start is when a session began that is no longer young.
var start = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

// line is a terminal's line: what it sends, and when.
type line struct {
	d   input.Decoder
	now time.Time
	out []tea.Msg
}

func (l *line) send(b string) { l.out = append(l.out, l.d.Decode([]byte(b), l.now)...) }

// wait lets time pass, with every expiry on time.
func (l *line) wait(d time.Duration) {
	end := l.now.Add(d)
	for due := l.d.Due(); !due.IsZero() && !due.After(end); due = l.d.Due() {
		l.now = due
		l.out = append(l.out, l.d.Expire(due)...)
	}
	l.now = end
}

func newLine() *line { return &line{now: start.Add(time.Hour)} }

// decoded sends chunks in one instant. A chunk that is a duration ("60ms") is
// time that passes.
func decoded(chunks ...string) string {
	l := newLine()
	for _, c := range chunks {
		if d, err := time.ParseDuration(c); err == nil && strings.HasSuffix(c, "s") {
			l.wait(d)
			continue
		}
		l.send(c)
	}
	l.wait(time.Minute)
	return words(l.out)
}

// words writes messages in one line.
func words(msgs []tea.Msg) string {
	var out []string
	for _, msg := range msgs {
		out = append(out, word(msg))
	}
	return strings.Join(out, " ")
}

func word(msg tea.Msg) string {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		if msg.Type == tea.KeySpace {
			return "space"
		}
		return msg.String()
	case tea.MouseMsg:
		return fmt.Sprintf("<%v at %d,%d>", msg, msg.X, msg.Y)
	case tea.FocusMsg:
		return "<focus>"
	case tea.BlurMsg:
		return "<blur>"
	case input.Reply:
		return fmt.Sprintf("<%c %s>", msg.Kind, msg.Text)
	case input.Text:
		if msg.Enter {
			return fmt.Sprintf("%q+enter", msg.Text)
		}
		return fmt.Sprintf("%q", msg.Text)
	}
	return fmt.Sprintf("%T", msg)
}

type decoding struct {
	in   []string
	want string
}

func check(t *testing.T, tests map[string]decoding) {
	t.Helper()
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := decoded(tt.in...); got != tt.want {
				t.Errorf("%.80q means\n%.400s, want\n%.400s", tt.in, got, tt.want)
			}
		})
	}
}

func TestDecoder(t *testing.T) {
	const answer = "11;rgb:1e1e/1e1e/2e2e"
	check(t, map[string]decoding{
		"characters are keys":                 {[]string{"aé日"}, "a é 日"},
		"a blank, enter, tab and backspace":   {[]string{" \r\t\x7f"}, "space enter tab backspace"},
		"control characters":                  {[]string{"\x03\x00\x1f\x1c"}, `ctrl+c ctrl+@ ctrl+_ ctrl+\`},
		"C1 control characters are dropped":   {[]string{"a\u009bAb"}, "a A b"},
		"broken characters are dropped":       {[]string{"\xff\xe6\x97x"}, "x"},
		"a character in two reads":            {[]string{"\xe6\x97", "\xa5"}, "日"},
		"esc is a key when nothing follows":   {[]string{"\x1b", "50ms", "x"}, "esc x"},
		"esc and a digit in one read":         {[]string{"\x1b4"}, "esc 4"},
		"esc and q in two":                    {[]string{"\x1b", "10ms", "q"}, "esc q"},
		"esc and enter":                       {[]string{"\x1b\r"}, "esc enter"},
		"alt where it edits text":             {[]string{"\x1bb\x1bf\x1bd\x1b\x7f"}, "alt+b alt+f alt+d alt+backspace"},
		"esc twice":                           {[]string{"\x1b\x1b"}, "esc esc"},
		"esc three times, then a letter":      {[]string{"\x1b\x1b\x1bx"}, "esc esc esc x"},
		"esc before a mouse report":           {[]string{"\x1b\x1b[<35;3;4M"}, "esc <motion at 2,3>"},
		"esc before an arrow":                 {[]string{"\x1b\x1b[A"}, "esc up"},
		"alt and an arrow as rxvt sends it":   {[]string{"\x1b\x1b[D\x1b\x1bOC\x1b\x1b[3~"}, "alt+left alt+right alt+delete"},
		"esc and a bracket typed ahead":       {[]string{"\x1b["}, "esc ["},
		"esc, a bracket and more typed ahead": {[]string{"\x1b]q\x1bPq\x1b_q"}, "esc ] q esc P q esc _ q"},
		"esc, later a bracket, later a key":   {[]string{"\x1b", "100ms", "[", "100ms", "q"}, "esc [ q"},
		"esc, later a bracket, soon a key":    {[]string{"\x1b", "1s", "]", "10ms", "2"}, "esc ] 2"},
		"the same, then a key at once":        {[]string{"\x1b]2j"}, "esc ] 2 j"},
		"an unknown sequence":                 {[]string{"\x1b[99y\x1b[1;2;3z\x1bO!x"}, "<[ 99y> <[ 1;2;3z> x"},
		"ctrl+c in a sequence":                {[]string{"\x1b[12\x03"}, "ctrl+c"},
		"a sequence in a sequence":            {[]string{"\x1b[12\x1b[A"}, "up"},
		"a sequence that is far too long":     {[]string{"\x1b[" + strings.Repeat("1", 9000) + "mx"}, "x"},
		"the same byte by byte":               {strings.Split("\x1b["+strings.Repeat("1", 5000)+"mx", ""), "x"},
		"focus":                               {[]string{"\x1b[Ia\x1b[O"}, "<focus> a <blur>"},
		"an answer":                           {[]string{"a\x1b]" + answer + "\x1b\\b"}, "a <] " + answer + "> b"},
		"an answer that ends with a bell":     {[]string{"\x1b]" + answer + "\ax"}, "<] " + answer + "> x"},
		"an answer that is far too long":      {[]string{"\x1b]11;" + strings.Repeat("f", 9000) + "\ax"}, "x"},
		"an answer without end, then a key":   {[]string{"\x1b]11;rgb:1e1e", "\x1b[A"}, "up"},
		"an answer without end, then ctrl+c":  {[]string{"\x1b]11;rgb:1e1e", "\x03"}, "ctrl+c"},
		"the version of a terminal":           {[]string{"\x1bP>|tmux 3.4\x1b\\"}, "<P >|tmux 3.4>"},
		"a setting and a capability":          {[]string{"\x1bP1$r0m\x1b\\\x1bP1+r544e\x1b\\\x1bP!|00000000\x1b\\"}, "<P 1$r0m> <P 1+r544e> <P !|00000000>"},
		"an answer of kitty's pictures":       {[]string{"\x1b_Gi=31;OK\x1b\\"}, "<_ Gi=31;OK>"},
		"attributes, status and modes":        {[]string{"\x1b[?62;4c\x1b[0n\x1b[?2026;2$y\x1b[24;80R"}, "<[ ?62;4c> <[ 0n> <[ ?2026;2$y> <[ 24;80R>"},
	})
}

func TestDecoder_Keys(t *testing.T) {
	check(t, map[string]decoding{
		"arrows in both modes":             {[]string{"\x1b[A\x1bOB\x1b[C\x1bOD"}, "up down right left"},
		"arrows with modifiers":            {[]string{"\x1b[1;5C\x1b[1;2D\x1b[1;3D\x1b[1;6A\x1b[1;7B"}, "ctrl+right shift+left alt+left ctrl+shift+up alt+ctrl+down"},
		"caps lock and num lock":           {[]string{"\x1b[1;129A\x1b[1;193B\x1b[1;133C\x1b[5;129~\x1b[99;133u"}, "up down ctrl+right pgup ctrl+c"},
		"a key let go and one held":        {[]string{"\x1b[1;1:3A\x1b[1;1:2A\x1b[97;1:3u\x1b[3;1:3~"}, "up"},
		"super makes another key":          {[]string{"\x1b[1;9A\x1b[113;9u"}, ""},
		"home, end and their kind":         {[]string{"\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[7~\x1b[8~\x1bOH\x1bOF"}, "home end home end home end home end"},
		"pages, insert and delete":         {[]string{"\x1b[5~\x1b[6~\x1b[2~\x1b[3~\x1b[5;5~\x1b[3;3~"}, "pgup pgdown insert delete ctrl+pgup alt+delete"},
		"function keys":                    {[]string{"\x1bOP\x1b[15~\x1b[24~\x1b[[B\x1b[1;2P\x1b[34~"}, "f1 f5 f12 f2 f13 f20"},
		"shift+tab":                        {[]string{"\x1b[Z\x1b[9;2u"}, "shift+tab shift+tab"},
		"rxvt":                             {[]string{"\x1b[a\x1bOb\x1b[7^\x1b[8$\x1b[8@\x1b[5^"}, "shift+up ctrl+down ctrl+home shift+end ctrl+shift+end ctrl+pgup"},
		"a modifier that has no name":      {[]string{"\x1b[3;5~\x1b[5;2~\x1b[16~"}, "<[ 16~>"},
		"the keypad of an application":     {[]string{"\x1bOp\x1bOq\x1bOr\x1bOs\x1bOt\x1bOu\x1bOv\x1bOw\x1bOx\x1bOy"}, "0 1 2 3 4 5 6 7 8 9"},
		"its other keys":                   {[]string{"\x1bOj\x1bOk\x1bOl\x1bOm\x1bOn\x1bOo\x1bOM\x1bOX"}, "* + , - . / enter ="},
		"the keypad as kitty has it":       {[]string{"\x1b[57400u\x1b[57409u\x1b[57413u\x1b[57414u\x1b[57417u\x1b[57424;129u"}, "1 . + enter left end"},
		"control keys as CSI u":            {[]string{"\x1b[99;5u\x1b[27u\x1b[13u\x1b[9u\x1b[127u\x1b[127;5u"}, "ctrl+c esc enter tab backspace backspace"},
		"control keys as modifyOtherKeys":  {[]string{"\x1b[27;5;114~"}, "ctrl+r"},
		"alt and shift as CSI u":           {[]string{"\x1b[97;3u\x1b[97;2u\x1b[233u\x1b[49:33;2u"}, "alt+a A é !"},
		"ctrl and a letter in its place":   {[]string{"\x1b[1089;5u\x1b[1089::99;5u\x1b[100::99;5u"}, "ctrl+c ctrl+c ctrl+d"},
		"a key without a character":        {[]string{"\x1b[57358u\x1b[49;5u\x1b[99999999999u\x1b[55555;1u"}, ""},
		"a modifier out of range":          {[]string{"\x1b[1;0A\x1b[99;-5u"}, "<[ 99;-5u>"},
		"a wheel and a click":              {[]string{"\x1b[<65;40;12M\x1b[<0;1;2M\x1b[<0;1;2m"}, "<wheel down at 39,11> <left press at 0,1> <left release at 0,1>"},
		"a drag, a motion and modifiers":   {[]string{"\x1b[<32;3;4M\x1b[<35;3;4M\x1b[<28;3;4M"}, "<left motion at 2,3> <motion at 2,3> <ctrl+alt+shift+left press at 2,3>"},
		"a mouse report that is none":      {[]string{"\x1b[<;3;4M\x1b[<1;3M\x1b[<1;3;4;5M\x1b[<1;3;4c\x1b[<1:1;2;3M"}, ""},
		"mouse reports in the old coding":  {[]string{"\x1b[M !\"\x1b[M#!\"\x1b[M`\xff\xfe"}, "<left press at 0,1> <release at 0,1> <wheel up at 222,221>"},
		"an old report that is broken off": {[]string{"\x1b[M \x03", "\x1b[M\x1b[A"}, "ctrl+c up"},
		"more buttons":                     {[]string{"\x1b[<128;1;1M\x1b[<129;1;1m"}, "<backward press at 0,0> <forward release at 0,0>"},
	})
}

func TestDecoder_Text(t *testing.T) {
	check(t, map[string]decoding{
		"words and a line break":                {[]string{"quit now?\r"}, `"quit now?"+enter`},
		"a short word":                          {[]string{"quit"}, `"quit"`},
		"lines":                                 {[]string{"one\r\ntwo\n\tthree\n\n"}, `"one\ntwo\n\tthree"+enter`},
		"a key that is held":                    {[]string{strings.Repeat("j", 40)}, strings.TrimSpace(strings.Repeat("j ", 40))},
		"keys typed ahead":                      {[]string{"2jjf"}, "2 j j f"},
		"keys typed ahead, then enter":          {[]string{"2j\r"}, "2 j enter"},
		"typed by hand":                         {[]string{"q", "30ms", "u", "30ms", "i", "30ms", "t", "30ms"}, "q u i t"},
		"in two reads":                          {[]string{"quit", " now?\r"}, `"quit now?"+enter`},
		"in two reads a moment apart":           {[]string{"quit", "15ms", "l"}, `"quitl"`},
		"what is typed after it":                {[]string{"quit now?", "60ms", "l"}, `"quit now?" l`},
		"a key after it":                        {[]string{"quit now?\x1b[Al"}, `"quit now?" up l`},
		"ctrl+c after it":                       {[]string{"quit now?\x03"}, `"quit now?" ctrl+c`},
		"esc before it":                         {[]string{"\x1bquit now?"}, `esc "quit now?"`},
		"keys with arrows between them":         {[]string{"ab\x1b[Acd\x1b[Bef"}, "a b up c d down e f"},
		"what an input method puts in":          {[]string{"こんにちは"}, `"こんにちは"`},
		"a long one":                            {[]string{strings.Repeat("abcdefgh ", 9000)}, fmt.Sprintf("%q", strings.Repeat("abcdefgh ", 9000)[:32<<10])},
		"the marks of a paste":                  {[]string{"a\x1b[200~two words\n\x1b[201~b"}, "a [two words\n] b"},
		"an empty paste":                        {[]string{"\x1b[200~\x1b[201~z"}, "[] z"},
		"a paste holds no sequences":            {[]string{"\x1b[200~\x1b[99;5u\x1bPx\x1b\\ \x1b[I\x03\x1b[201~"}, "[\x1b[99;5u\x1bPx\x1b\\ \x1b[I\x03]"},
		"a paste whose end was lost, quit":      {[]string{"\x1b[200~ab", "200ms", "\x03"}, "[ab] ctrl+c"},
		"a paste whose end was lost, then time": {[]string{"\x1b[200~ab", "6s", "j"}, "[ab] j"},
		"a lost end, then another paste":        {[]string{"\x1b[200~ab", "\x1b[200~cd\x1b[201~k"}, "[abcd] k"},
		"an end without a start":                {[]string{"a\x1b[201~b"}, "a <[ 201~> b"},
		"esc and a paste at once":               {[]string{"\x1b\x1b[200~q\x1b[201~"}, "esc [q]"},
		"a paste late after its esc":            {[]string{"\x1b", "1s", "[200~q\x1b[201~"}, "esc [q]"},
		"esc at the end of a paste":             {[]string{"\x1b[200~a\x1b", "50ms", "\x1b[201~k"}, "[a\x1b] k"},
	})
}

// recorded are sequences that terminals send.
var recorded = []string{
	"\x1b[A", "\x1bOA", "\x1b[1;5D", "\x1b[1;129A", "\x1b[3~", "\x1b[15;3~", "\x1bOq", "\x1bOM", "\x1bOP", "\x1b[Z", "\x1b[[A", "\x1b[5^", "\x1b[99;5u", "\x1b[57400;129u",
	"\x1b[27;5;114~", "\x1b[<35;40;12M", "\x1b[<65;140;42M", "\x1b[<0;1;1m", "\x1b[M !!", "\x1b[I", "\x1b[O", "\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\", "\x1b]11;rgb:0/0/0\a",
	"\x1bP>|XTerm(390)\x1b\\", "\x1b[?62;4c", "\x1b[0n", "\x1b[?2026;2$y", "\x1b_Gi=31;OK\x1b\\", "\x1b[200~quit\x1b[201~", "日", "é", "😀",
}

func TestACutMeansNothing(t *testing.T) {
	for _, seq := range recorded {
		t.Run(fmt.Sprintf("%q", seq), func(t *testing.T) {
			want := decoded(seq, "z")
			for cut := 1; cut < len(seq); cut++ {
				for _, pause := range []string{"0s", "2ms", "30ms", "200ms", "900ms", "4s"} {
					d, _ := time.ParseDuration(pause)
					expected := want
					switch {
					case cut == 1 && seq[0] == 0x1b && d > 50*time.Millisecond:
						expected = "esc " + want // it was one for all that could be known
					case cut == 2 && seq[0] == 0x1b && d > 200*time.Millisecond:
						continue // the two keys that somebody may have pressed
					case strings.ContainsAny(seq[1:2], "]P") && cut < 5 && d > time.Second:
						continue // those that begin an answer as well
					}
					if got := decoded(seq[:cut], pause, seq[cut:], "z"); got != expected {
						t.Errorf("%q, %s, %q means %s, want %s", seq[:cut], pause, seq[cut:], got, expected)
					}
				}
			}
		})
	}
}

// TestASlowLine sends everything byte by byte as a line of 9600 baud does.
func TestASlowLine(t *testing.T) {
	all := strings.Join(recorded, "")
	l := newLine()
	for _, c := range []byte(all) {
		l.send(string([]byte{c}))
		l.wait(time.Second / 960)
	}
	l.wait(time.Minute)
	if got, want := words(l.out), decoded(all); got != want {
		t.Errorf("got\n%s, want\n%s", got, want)
	}
}

// TestAStalledProcess is one that was stopped between two reads: the rest of a
// sequence lies unread when the time for it is over.
func TestAStalledProcess(t *testing.T) {
	l := newLine()
	l.send("\x1b")
	l.now = l.now.Add(3 * time.Second)
	l.out = append(l.out, l.d.Expire(l.now)...)
	l.send("[A")
	if got := words(l.out); got != "up" {
		t.Errorf("got %s, want up", got)
	}
	l.send("\x1b")
	l.now = l.now.Add(3 * time.Second)
	l.out = append(l.out, l.d.Expire(l.now)...)
	l.wait(time.Second)
	if got := words(l.out); got != "up esc" {
		t.Errorf("got %s, want up esc", got)
	}
}

// keysOf takes a text apart, as which part of it acted as keys depends on how
// it came.
func keysOf(msgs []tea.Msg) (out []string) {
	for _, msg := range msgs {
		text, ok := msg.(input.Text)
		if !ok {
			out = append(out, word(msg))
			continue
		}
		for _, r := range text.Text {
			out = append(out, string(r))
		}
		if text.Enter {
			out = append(out, "enter")
		}
	}
	return out
}

// FuzzDecoder holds that where reads are cut does not matter, and that no more
// is kept than has a use.
func FuzzDecoder(f *testing.F) {
	for i, seq := range recorded {
		f.Add(seq+recorded[(i+7)%len(recorded)], uint8(3), uint8(i))
	}
	f.Add("a\x1b]11;rgb:0/0/0\x07b", uint8(3), uint8(0))
	f.Add("\x1b[<1;2\x1b\x1b[", uint8(1), uint8(20))
	f.Add("\x1b\x1b\x1b[D\x1b[3\x1b[200~\x1b[201\x1b[201~", uint8(1), uint8(1))
	f.Fuzz(func(t *testing.T, in string, cut, pause uint8) {
		if len(in) > 6000 {
			return
		}
		in = strings.Map(func(r rune) rune {
			if strings.ContainsRune(" \r\n\t", r) { // a text has one form of each
				return 'w'
			}
			return r
		}, in)
		whole, parts := newLine(), newLine()
		whole.send(in)
		for rest := in; rest != ""; {
			n := min(len(rest), 1+int(cut))
			parts.send(rest[:n])
			parts.wait(time.Duration(pause%40) * time.Millisecond)
			rest = rest[n:]
		}
		whole.wait(time.Minute)
		parts.wait(time.Minute)
		if got, want := keysOf(parts.out), keysOf(whole.out); !slices.Equal(got, want) {
			t.Fatalf("cut, %q means\n%q, want\n%q", in, got, want)
		}
	})
}
