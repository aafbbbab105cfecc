package main

import (
	"errors"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/cmd/tabgate/doctor"
)

// sick is a report with every verdict and a text that needs several lines.
func sick() diagnosis {
	long := strings.TrimSpace(strings.Repeat("a sentence that does not fit ", 6))
	return diagnosis{false, []doctor.Check{
		{ID: "config", Status: doctor.OK, Detail: "profile default"},
		{ID: "domain", Status: doctor.Fail, Detail: long, Fix: "fix " + long},
		{ID: "client", Status: doctor.Skip, Detail: "not asked"},
		{ID: "secret", Status: doctor.Skip, Detail: "not asked"},
		{ID: "clock", Status: doctor.Skip, Detail: "no clock"},
		{ID: "terminal", Status: doctor.Warn, Detail: "small", Fix: "make it larger"},
	}}
}

func written(width int, colours termenv.Profile) string {
	return layout{width: width, colours: colours, arrow: "→"}.text(sick())
}

func TestTheReportOfDoctorFitsATerminal(t *testing.T) {
	text := written(80, termenv.Ascii)
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if ansi.StringWidth(line) > 80 || strings.HasSuffix(line, " ") {
			t.Errorf("%d cells: %q", ansi.StringWidth(line), line)
		}
	}
	under := strings.Repeat(" ", textAt)
	if !strings.Contains(text, "\n"+under+"→ fix a sentence") || strings.Count(text, "\n"+under) < 5 {
		t.Errorf("further lines do not stand below the first:\n%s", text)
	}
	if !strings.Contains(text, "skip             client, secret: not asked\n") || !strings.Contains(text, "skip  clock      no clock\n") {
		t.Errorf("what was left out for one reason is not said once:\n%s", text)
	}
	if strings.Contains(text, "\x1b") {
		t.Errorf("colours where none are wanted: %q", text)
	}
	if n := strings.Count(written(0, termenv.Ascii), "\n"); n != 9 {
		t.Errorf("a pipe gets %d lines, want 9", n)
	}
}

func TestTheReportOfDoctorHasTheTerminalsOwnColours(t *testing.T) {
	text := written(80, termenv.ANSI)
	if !strings.Contains(text, "\x1b[31;1mFAIL\x1b[0m") || !strings.Contains(text, "\x1b[32mok") || !strings.Contains(text, "\x1b[33mwarn") {
		t.Errorf("%q", text)
	}
	if ansi.Strip(text) != written(80, termenv.Ascii) {
		t.Error("colours change the text")
	}
}

func TestDoctorsExitCodes(t *testing.T) {
	failed := func(ids ...string) diagnosis {
		d := diagnosis{OK: len(ids) == 0}
		for _, id := range ids {
			d.Checks = append(d.Checks, doctor.Check{ID: id, Status: doctor.Fail})
		}
		return d
	}
	for want, d := range map[int]diagnosis{
		exitDone: failed(), exitConfig: failed("config", "keyring"), exitNetwork: failed("domain", "proxy"), exitFailed: failed("client"),
	} {
		err := d.verdict()
		if got := exitCode(err, false); got != want {
			t.Errorf("%+v: exit %d, want %d", d, got, want)
		}
		var c coded
		if errors.As(err, &c) && err.Error() != "" {
			t.Errorf("more is said after the report: %q", err)
		}
	}
}

// Whoever cannot be reached is not wrong, whichever check finds it.
func TestDoctorsExitCodeForWhoDoesNotAnswer(t *testing.T) {
	d := diagnosis{Checks: []doctor.Check{{ID: "client", Status: doctor.Fail}, {ID: "discovery", Status: doctor.Fail, Away: true}}}
	if got := exitCode(d.verdict(), false); got != exitNetwork {
		t.Errorf("exit %d, want %d", got, exitNetwork)
	}
}
