package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/cmd/tabgate/doctor"
)

// diagnosis is the shape of `doctor --json`.
type diagnosis struct {
	OK     bool           `json:"ok"`
	Checks []doctor.Check `json:"checks"`
}

// verdict turns failed checks into an exit code; the report has said the
// rest. The first row that fits decides:
//
//	failed        | code
//	--------------|-----
//	nothing       | 0
//	config, folder | 5
//	domain        | 6
//	anything that nobody answered | 6
//	anything else | 1
func (d diagnosis) verdict() error {
	if d.OK {
		return nil
	}
	code := exitFailed
	for _, check := range d.Checks {
		switch {
		case check.Status != doctor.Fail:
		case check.ID == "config", check.ID == "folder":
			return coded{exitConfig, errors.New("")}
		case check.ID == "domain", check.Away:
			code = exitNetwork
		}
	}
	return coded{code, errors.New("")}
}

// layout is how a diagnosis is written for people.
type layout struct {
	width   int // of a line, 0 = as long as it gets
	colours termenv.Profile
	arrow   string
}

// The columns of a line: a mark of 4, the check's name, then the text.
const (
	nameWidth = 10
	textAt    = 4 + 2 + nameWidth + 1
)

// text is the whole report.
func (l layout) text(d diagnosis) string {
	var out strings.Builder
	for i := 0; i < len(d.Checks); i++ {
		check := d.Checks[i]
		last := alike(d.Checks, i)
		if last == i {
			out.WriteString(l.line(check.Status, check.ID, check.Detail))
		} else { // One reason for many is said once.
			var names []string
			for _, skipped := range d.Checks[i : last+1] {
				names = append(names, skipped.ID)
			}
			out.WriteString(l.line(doctor.Skip, "", strings.Join(names, ", ")+": "+check.Detail))
			i = last
		}
		if check.Fix != "" {
			out.WriteString(l.wrapped(strings.Repeat(" ", textAt)+l.arrow+" ", session.Clean(check.Fix, 400)))
		}
	}
	if d.OK {
		return out.String() + "\nNothing stands in the way of a sign-in.\n"
	}
	return out.String() + "\nFix what is marked FAIL, then run tabgate doctor again.\n"
}

// alike is the last of the checks from the first on that were left out for
// one and the same reason; first itself where it is alone.
func alike(checks []doctor.Check, first int) int {
	last := first
	for checks[first].Status == doctor.Skip && last+1 < len(checks) &&
		checks[last+1].Status == doctor.Skip && checks[last+1].Detail == checks[first].Detail {
		last++
	}
	return last
}

func (l layout) line(status doctor.Status, name, text string) string {
	mark := map[doctor.Status]string{doctor.OK: "ok  ", doctor.Warn: "warn", doctor.Fail: "FAIL", doctor.Skip: "skip"}[status]
	// The terminal's own colours: they can be read on its own background.
	style := map[doctor.Status]termenv.Style{
		doctor.OK: l.colour("2"), doctor.Warn: l.colour("3"), doctor.Fail: l.colour("1").Bold(), doctor.Skip: l.colour("8"),
	}[status]
	return l.wrapped(style.Styled(mark)+fmt.Sprintf("  %-*s ", nameWidth, name), session.Clean(text, 400))
}

func (l layout) colour(name string) termenv.Style {
	return l.colours.String().Foreground(l.colours.Color(name))
}

// wrapped is text after a lead, and its further lines below its first.
func (l layout) wrapped(lead, text string) string {
	indent := ansi.StringWidth(lead)
	if l.width > indent+20 {
		text = ansi.Wordwrap(text, l.width-indent, "")
	}
	return lead + strings.ReplaceAll(text, "\n", "\n"+strings.Repeat(" ", indent)) + "\n"
}
