package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"testing/iotest"
	"time"
	"unicode"
)

const hostile = "\x1b]52;c;eA==\x07\u009b31m\u202e\u2066\u0085\x7f\u2028\U000e0041é地"

func TestJSONMeansTheSameAndHoldsNothingThatATerminalActsOn(t *testing.T) {
	var b bytes.Buffer
	if err := writeJSON(&b, map[string]string{"evil": hostile}); err != nil {
		t.Fatal(err)
	}
	if i := strings.IndexFunc(b.String(), func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }); i >= 0 {
		t.Errorf("%q", b.String()[i:])
	}
	if got := decode[map[string]string](t, b.String())["evil"]; got != hostile {
		t.Errorf("it means %q now", got)
	}
}

func TestAGuardSeesCharactersThatComeInPieces(t *testing.T) {
	text, err := json.Marshal("é\u009b地")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := escaped(&b)
	pieces := iotest.OneByteReader(bytes.NewReader(text))
	for one := make([]byte, 1); ; {
		if n, err := pieces.Read(one); n == 0 || err != nil {
			break
		}
		if _, err := w.Write(one); err != nil {
			t.Fatal(err)
		}
	}
	if b.String() != `"é\u009b地"` {
		t.Errorf("%q", b.String())
	}
}

func TestCSVIsCleanedOnATerminalAndOnlyThere(t *testing.T) {
	p := newPlace(t)
	file := p.write("evil.csv", "Region,1961\nChina\x1b[2J\u009b\u202e,3000000\n")
	for _, tty := range []bool{false, true} {
		var out, errs bytes.Buffer
		w := world{
			env: func(key string) (string, bool) { v, ok := p.env[key]; return v, ok },
			dir: p.home, in: strings.NewReader(""), out: &out, err: &errs, now: time.Now, outTTY: tty,
		}
		if code := run(w, []string{"show", "dataframe", "--format", "csv", "--data", file, "--countries", "China\x1b[2J\u009b\u202e"}); code != 0 {
			t.Fatalf("exit %d: %s", code, errs.String())
		}
		raw := strings.Contains(out.String(), "China\x1b[2J\u009b\u202e")
		if raw == tty || !strings.Contains(out.String(), "China") {
			t.Errorf("terminal %v: %q", tty, out.String())
		}
	}
}
