package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// printUsage is the help of a command below its text. The global flags are in
// that of the program alone.
func printUsage(cmd *cobra.Command) error {
	var b strings.Builder
	part := func(heading, text string) {
		if text = strings.TrimRight(text, "\n"); text != "" {
			b.WriteString(heading + ":\n" + text + "\n\n")
		}
	}
	lines, below := "", ""
	if !cmd.HasParent() || !cmd.HasSubCommands() {
		lines = "  " + cmd.UseLine() + "\n"
	}
	if cmd.HasAvailableSubCommands() {
		lines += "  " + cmd.CommandPath() + " COMMAND\n"
	}
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() || sub.Name() == "help" {
			below += fmt.Sprintf("  %-*s %s\n", sub.NamePadding(), sub.Name(), sub.Short)
		}
	}
	part("Usage", lines)
	part("Examples", cmd.Example)
	part("Commands", below)
	part("Flags", cmd.LocalNonPersistentFlags().FlagUsages())
	if cmd.HasParent() {
		b.WriteString("The global flags are in: " + cmd.Root().Name() + " --help\n")
	} else {
		part("Global flags", cmd.PersistentFlags().FlagUsages())
		b.WriteString("More of a command: " + cmd.Name() + " COMMAND --help\n")
	}
	_, err := fmt.Fprint(cmd.OutOrStderr(), b.String())
	return err
}
