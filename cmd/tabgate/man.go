package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func manCmd(w *world) *cobra.Command {
	return &cobra.Command{
		Use: "man", Short: "Print the manual page (tabgate man | man -l -)", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := io.WriteString(w.out, manual(cmd.Root()))
			return err
		},
	}
}

// manualStart says what the program does before its commands.
const manualStart = `.PP
Without a command it runs the app on the configured user pool: a tab bar, the
page, and a footer with the keys that act. A locked tab says which group it
needs; groups are taken from the verified tokens of the session, which is kept
in the system's keyring. The other commands sign in and out without the app, print what
a page shows or how a file of figures is read, and find what keeps a sign\-in
from working. Results are printed on standard output, everything else on
standard error. JSON is printed without indentation.
`

// manualEnd is what no command's own help says.
const manualEnd = `.SH EXIT STATUS
.TP 5
.B 0
done
.TP
.B 1
failed
.TP
.B 2
wrong usage
.TP
.B 3
not signed in
.TP
.B 4
signed in, but without access
.TP
.B 5
configuration missing or wrong
.TP
.B 6
network or provider out of reach
.TP
.B 130
interrupted
.SH ENVIRONMENT
.B tabgate config show
names every variable, the value in force and where it came from. Flags win over
the environment, the environment over a
.I .env
file in the working directory, and that over the config file. The sign-in is
decided by one of the two levels as a whole: your own (flags, environment, config
file), or else
.I .env
once you have said yes to it
.RB ( "tabgate trust" ).
.SH FILES
.B tabgate config path
says where the config file is looked for.
.SH EXAMPLES
.nf
tabgate demo
tabgate doctor
tabgate show mapping \-\-size 120x36 \-\-format svg > map.svg
curl \-H @<(tabgate token \-\-header) https://api.example.com/
.fi
.SH SEE ALSO
https://github.com/authtabs/tabgate
`

// manual is the manual page of the whole command tree. It has no date of its
// own making: two builds of one commit print the same page.
func manual(root *cobra.Command) string {
	day, _, _ := strings.Cut(date, "T")
	v, _, _ := build()
	var b strings.Builder
	fmt.Fprintf(&b, ".TH TABGATE 1 %q %q \"User Commands\"\n", day, "tabgate "+v)
	fmt.Fprintf(&b, ".SH NAME\ntabgate \\- %s\n", roff(strings.ToLower(root.Short[:1])+root.Short[1:]))
	b.WriteString(".SH SYNOPSIS\n.B tabgate\n[\\fIcommand\\fR] [\\fIflags\\fR]\n.SH DESCRIPTION\n.B tabgate\n")
	fmt.Fprintf(&b, "is %s\n%s.SH COMMANDS\n", roff(strings.ToLower(root.Long[:1])+root.Long[1:]), manualStart)
	shells := func(cmd *cobra.Command) bool { return cmd.Name() == "completion" }
	all := root.Commands()
	for _, last := range []bool{false, true} { // completion is what people look for least
		for _, cmd := range all {
			if shells(cmd) == last {
				manualCommand(&b, cmd)
			}
		}
	}
	b.WriteString(".SH OPTIONS\nEvery command has these.\n")
	root.PersistentFlags().VisitAll(manualFlag(&b))
	b.WriteString(manualEnd)
	return b.String()
}

// manualCommand describes a command that does something, and all below it.
func manualCommand(b *strings.Builder, cmd *cobra.Command) {
	if !cmd.IsAvailableCommand() {
		return
	}
	if below := cmd.Commands(); len(below) > 0 {
		for _, sub := range below {
			manualCommand(b, sub)
		}
		return
	}
	text := cmd.Long
	if text == "" || cmd.Parent().Name() == "completion" {
		text = cmd.Short
	}
	fmt.Fprintf(b, ".SS %s\n%s\n", roff(cmd.CommandPath()+strings.TrimPrefix(cmd.Use, cmd.Name())), roff(text))
	cmd.LocalNonPersistentFlags().VisitAll(manualFlag(b))
	if cmd.Example != "" && cmd.Parent().Name() != "completion" {
		fmt.Fprintf(b, ".PP\nExamples:\n.PP\n.nf\n%s\n.fi\n", strings.ReplaceAll(roff(cmd.Example), ".br\n", ""))
	}
}

func manualFlag(b *strings.Builder) func(*pflag.Flag) {
	return func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" {
			return
		}
		kind, text := pflag.UnquoteUsage(f)
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		fmt.Fprintf(b, ".TP\n\\fB%s\\fR", roff(name))
		if kind != "" {
			fmt.Fprintf(b, " \\fI%s\\fR", roff(kind))
		}
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "0" && f.DefValue != "0s" {
			text += " (default " + f.DefValue + ")"
		}
		fmt.Fprintf(b, "\n%s\n", roff(text))
	}
}

// roff writes text so that a manual page shows it as it stands: a backslash,
// a hyphen, a dot or a quote at the start of a line mean something there. A
// line that begins with a space, such as one of a list, keeps its own line.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`).Replace(text)
	var lines []string
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case line == "":
			line = ".PP"
		case strings.HasPrefix(line, "."):
			line = `\&` + line
		case strings.HasPrefix(line, " "):
			line = ".br\n" + line
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}
