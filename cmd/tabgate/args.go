package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/gate/client"
)

// flagError says in plain words what is wrong with a flag.
func flagError(_ *cobra.Command, err error) error {
	var invalid *pflag.InvalidValueError
	if !errors.As(err, &invalid) {
		return usage("%v", err)
	}
	f := invalid.GetFlag()
	takes := map[string]string{"uint64": "a whole number", "duration": "a time such as 90s or 5m", "bool": "true or false"}
	return usage("--%s takes %s, not %q", f.Name, cmp.Or(takes[f.Value.Type()], f.Value.Type()), invalid.GetValue())
}

// named is how errors call a command: without the program's name, which
// stands before every error.
func named(cmd *cobra.Command) string {
	return strings.TrimPrefix(cmd.CommandPath(), cmd.Root().Name()+" ")
}

func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	text := fmt.Sprintf("%s takes no arguments, so nothing can be made of %q", named(cmd), args[0])
	switch {
	case !cmd.HasParent():
		text = fmt.Sprintf("there is no command %q", args[0])
	case cmd.HasSubCommands():
		text = fmt.Sprintf("there is no command %q", named(cmd)+" "+args[0])
	}
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		text += "; did you mean " + strings.Join(near, " or ") + "?"
	}
	return usage("%s", text)
}

// noCommand is noArgs for the program itself, to which people give their files.
func (w *world) noCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 1 && client.IsAddress(args[0]) {
		return nil
	}
	if len(args) > 0 {
		if info, err := os.Stat(folderAt(w.dir, args[0])); err == nil && (info.Mode().IsRegular() || info.IsDir()) {
			return usage("there is no command %q; did you mean tabgate run %s?", args[0], session.Clean(strings.Join(args, " "), 200))
		}
	}
	return noArgs(cmd, args)
}

// oneOf takes exactly one argument out of a few.
func oneOf(what string, allowed ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == 1 && slices.Contains(allowed, args[0]) {
			return nil
		}
		text := fmt.Sprintf("%s takes one %s: %s", named(cmd), what, strings.Join(allowed, ", "))
		if len(args) == 1 {
			if near := dashboard.Near(args[0], allowed); near != "" {
				text += "; did you mean " + near + "?"
			}
		}
		return usage("%s", text)
	}
}

// atMostOne takes one argument or none.
func atMostOne(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > 1 {
			return usage("%s takes one %s", named(cmd), what)
		}
		return nil
	}
}

// firstOr is the first argument, or what stands for it.
func firstOr(args []string, preset string) string {
	if len(args) > 0 {
		return args[0]
	}
	return preset
}

// group is a command that does nothing by itself.
func group(cmd *cobra.Command) *cobra.Command {
	cmd.Args = noArgs
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		var names []string
		for _, sub := range cmd.Commands() {
			names = append(names, sub.Name())
		}
		return usage("%s needs one of: %s", named(cmd), strings.Join(names, ", "))
	}
	return cmd
}

// parseSize reads "120x40".
func parseSize(text string) (width, height int, err error) {
	w, h, ok := strings.Cut(text, "x")
	width, errW := strconv.Atoi(w)
	height, errH := strconv.Atoi(h)
	if !ok || errW != nil || errH != nil || width < 1 || height < 1 || width > 500 || height > 200 {
		return 0, 0, usage("--size is columns x rows, from 1x1 to 500x200, such as 120x40, not %q", text)
	}
	return width, height, nil
}
