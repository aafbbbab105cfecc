package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/authtabs/tabgate/data/gate/client"
)

// newRoot builds the command tree. No command runs, and nothing is read,
// before Execute.
func newRoot(w *world) *cobra.Command {
	set := &settings{world: w}
	svc := &services{settings: set}
	wire := &wiring{services: svc}
	root := &cobra.Command{
		Use:                        "tabgate",
		Short:                      "Tabs in your terminal, opened by AWS Cognito groups",
		Long:                       "A terminal app of " + spelled(len(w.pages())) + " pages shown as tabs. You sign in with AWS Cognito in the browser,\nand each tab opens to the groups it belongs to. Nothing set up? tabgate demo.",
		Args:                       w.noCommand,
		SuggestionsMinimumDistance: 2,
		SilenceErrors:              true,
		SilenceUsage:               true,
	}
	versionFlag(root, newApp(wire))
	root.SetFlagErrorFunc(flagError)
	root.SetUsageFunc(printUsage)
	root.CompletionOptions.HiddenDefaultCmd = false
	set.bind(root)
	root.AddCommand(connectCmd(newApp(wire)), runCmd(wire), serveCmd(wire), initCmd(wire), checkCmd(wire), schemaCmd(w), demoCmd(wire), loginCmd(svc), logoutCmd(svc), whoamiCmd(svc), tokenCmd(svc), pagesCmd(wire),
		showCmd(wire), chartCmd(wire), deckCmd(wire), inspectCmd(w), doctorCmd(svc), trustCmd(set), poolCmd(set), configCmd(set), manCmd(w))
	addExamples(root)
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		if cmd.Name() == "completion" {
			group(cmd) // the library's own takes any word for a request for help
		}
	}
	return root
}

// versionFlag makes root start the app, or print the version when asked to.
// Cobra's own flag prints with a template, and a program that can run
// templates keeps every exported method of every type it links.
func versionFlag(root *cobra.Command, a *app) {
	asked := root.Flags().BoolP("version", "v", false, "version for tabgate")
	a.opening.bind(root.Flags())
	root.RunE = func(cmd *cobra.Command, args []string) error {
		if *asked {
			_, err := fmt.Fprintln(a.out, versionText())
			return err
		}
		if len(args) == 1 && client.IsAddress(args[0]) {
			return a.runServer(cmd.Context(), args[0])
		}
		r := runCommand{wiring: a.wiring, opening: a.opening}
		switch own, err := r.here(cmd.Context()); {
		case err != nil:
			return err
		case own:
			return r.runFolder(cmd.Context(), ".")
		}
		if cfg, err := a.loadQuietly(); err == nil && cfg.Connect != "" {
			return a.runServer(cmd.Context(), cfg.Connect)
		}
		if given := a.opening.given(); given != "" {
			return usage("--%s is for a folder of pages or a server: name one, as in tabgate run DIR --%s", given, given)
		}
		return a.run(cmd.Context())
	}
}
