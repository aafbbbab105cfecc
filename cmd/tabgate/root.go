package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/transport"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/data/dashboard"
)

// globals are the flags that every command has.
type globals struct {
	profile, configPath   string
	envFile               string
	tokenStore, theme     string
	glyphs, browser       string
	ascii, offline, still bool
}

// command is what every command is built from: the world and the flags.
type command struct {
	*world
	globals
	note  string // what the app says at its start
	state string // state directory of the sign-in in the place of the user's own
	// early is how long the first frame waits for a stored session; 0 is
	// restoreLimit.
	early time.Duration
	// said are answers of this run to sign-ins of folders, by their hash.
	said      map[string]config.Answer
	transport *transport.Transport // of all requests, once one was needed
	dotenv    string               // what the folder's .env is called, "" for "./.env"
	late      late                 // a sign-in that the app made while it ran
}

// newRoot builds the command tree. No command runs, and nothing is read,
// before Execute.
func newRoot(w *world) *cobra.Command {
	c := &command{world: w}
	root := &cobra.Command{
		Use:                        "tabgate",
		Short:                      "Tabs in your terminal, opened by AWS Cognito groups",
		Long:                       spelled(len(c.pages())) + " pages as tabs in the terminal. You sign in with AWS Cognito in the browser,\nand each tab opens to the groups it belongs to. Nothing set up? tabgate demo.",
		Args:                       noArgs,
		SuggestionsMinimumDistance: 2,
		SilenceErrors:              true,
		SilenceUsage:               true,
	}
	c.versionFlag(root)
	root.SetFlagErrorFunc(flagError)
	root.CompletionOptions.HiddenDefaultCmd = false
	f := root.PersistentFlags()
	f.StringVar(&c.profile, "profile", "", "`NAME` of the profile in the config file (TABGATE_PROFILE)")
	f.StringVar(&c.configPath, "config", "", "config `FILE` (TABGATE_CONFIG)")
	f.StringVar(&c.envFile, "env-file", "", "`FILE` of KEY=value lines to trust as your own, instead of .env")
	f.StringVar(&c.tokenStore, "token-store", "", "`STORE` of the session: keyring, file or memory")
	f.StringVar(&c.theme, "theme", "", "`THEME`: auto, dark or light")
	f.StringVar(&c.glyphs, "glyphs", "", "`GLYPHS` to draw with: auto, ascii, half, quadrant, sextant, octant")
	f.BoolVar(&c.ascii, "ascii", false, "draw with ASCII only")
	f.BoolVar(&c.still, "reduced-motion", false, "no animation")
	f.BoolVar(&c.offline, "offline", false, "fetch no figures: only cached and bundled ones")
	f.StringVar(&c.browser, "browser", "", "`COMMAND` that opens an address; none = only show it")
	root.AddCommand(c.demoCmd(), c.loginCmd(), c.logoutCmd(), c.whoamiCmd(), c.tokenCmd(), c.pagesCmd(),
		c.showCmd(), c.inspectCmd(), c.doctorCmd(), c.trustCmd(), c.poolCmd(), c.configCmd(), c.manCmd())
	illustrate(root)
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		if cmd.Name() == "completion" {
			group(cmd) // the library's own takes any word for a wish for help
		}
	}
	return root
}

// spelled is a number as a sentence begins with it.
func spelled(n int) string {
	words := []string{"No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"}
	if n < len(words) {
		return words[n]
	}
	return strconv.Itoa(n)
}

// load reads the configuration with the flags on top, and says what of it was
// left out.
func (c *command) load() (config.Config, error) {
	cfg, err := c.quiet()
	c.tell(cfg)
	return cfg, err
}

// tell says what of the configuration was left out.
func (c *command) tell(cfg config.Config) {
	for _, note := range cfg.Notes {
		fmt.Fprintln(c.err, note)
	}
}

// quiet is load for whoever has another place for the notes, or has said them
// already.
func (c *command) quiet() (config.Config, error) { return c.inProfile(c.profile) }

// inProfile is quiet with another profile.
func (c *command) inProfile(profile string) (config.Config, error) {
	var unread error
	cfg, err := config.Load(config.Options{
		Env: c.env, WorkDir: c.dir, Pages: c.pages(), Dotenv: c.dotenv, Path: c.configPath, Profile: profile, Flags: c.flags(),
		EnvFile: c.envFile, User: c.user,
		Answer: func(hash string) (said config.Answer) {
			said, unread = c.answer(hash)
			return said
		},
	})
	if unread != nil {
		cfg.Notes = append(cfg.Notes, session.Clean(unread.Error(), 300))
	}
	return cfg, err
}

// flags are the settings that flags have given.
func (c *command) flags() map[string]string {
	flags := map[string]string{
		"TABGATE_TOKEN_STORE": c.tokenStore, "TABGATE_THEME": c.theme,
		"TABGATE_GLYPHS": c.glyphs, "TABGATE_BROWSER": c.browser,
	}
	if c.ascii {
		flags["TABGATE_GLYPHS"] = "ascii"
	}
	if c.still {
		flags["TABGATE_REDUCED_MOTION"] = "true"
	}
	if c.offline {
		flags["TABGATE_OFFLINE"] = "true"
	}
	return flags
}

func usage(format string, a ...any) error {
	return coded{exitUsage, fmt.Errorf(format, a...)}
}

// flagError says in plain words what is wrong with a flag.
func flagError(_ *cobra.Command, err error) error {
	var invalid *pflag.InvalidValueError
	if !errors.As(err, &invalid) {
		return usage("%v", err)
	}
	f := invalid.GetFlag()
	takes := map[string]string{"uint64": "a whole number", "duration": "a time such as 90s or 5m", "bool": "true or false"}
	return usage("--%s takes %s, not %q", f.Name, orElse(takes[f.Value.Type()], f.Value.Type()), invalid.GetValue())
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

// oneOf takes exactly one argument out of a few.
func oneOf(what string, allowed ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == 1 {
			for _, a := range allowed {
				if a == args[0] {
					return nil
				}
			}
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
