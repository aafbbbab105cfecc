//go:build !windows

package prompt

import (
	"bufio"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/creack/pty"
	"golang.org/x/term"
)

func TestALateReaderDoesNotSilenceATerminalThatWasGivenBack(t *testing.T) {
	t.Parallel()
	master, tty, err := pty.Open()
	if err != nil {
		if os.Getenv("TABGATE_REQUIRE_E2E") == "1" {
			t.Fatal(err)
		}
		t.Skipf("no pseudo-terminal here: %v", err)
	}
	t.Cleanup(func() { _ = master.Close(); _ = tty.Close() })
	before, err := term.GetState(int(tty.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	for range 300 { // a reader that begins as the command ends is early or late
		read, stop := hiddenLines(tty, true)
		done := make(chan struct{})
		go func() { _, _ = read(); close(done) }()
		stop()
		if _, err := master.WriteString("\n"); err != nil {
			t.Fatal(err)
		}
		<-done
		if after, err := term.GetState(int(tty.Fd())); err != nil || !reflect.DeepEqual(before, after) {
			t.Fatalf("the terminal stays silent (%v)", err)
		}
	}
}

func TestLinesOfTheInput(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", lineLimit)
	in := bufio.NewReader(strings.NewReader("unix\nwindows\r\nwrogn\b\bng" + strings.Repeat("\b", 9) + "right\r" + long + "more\nafter\nno end"))
	for _, want := range []string{"unix", "windows", "", "right", long, "after"} {
		if got, err := line(in); got != want || err != nil {
			t.Errorf("%.20q and %v, want %.20q", got, err, want)
		}
	}
	if got, err := line(in); got != "no end" || err == nil {
		t.Errorf("%q and %v at the end", got, err)
	}
}
