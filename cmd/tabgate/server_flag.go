package main

import "github.com/spf13/cobra"

// serverFlag adds the flag that lets a command ask a server of pages.
func serverFlag(cmd *cobra.Command, c *services) {
	var address string
	var yes bool
	cmd.Flags().StringVar(&address, "server", "", "`URL` of a server of pages, such as https://dash.example.com")
	cmd.Flags().BoolVar(&yes, "yes", false, "with --server on this machine: agree to it, without a question")
	cmd.PreRunE = func(cmd *cobra.Command, _ []string) error {
		dir := cmd.Flags().Lookup("dir")
		switch {
		case address == "" && yes:
			return usage("--yes goes with --server URL")
		case address == "" && cmd.Flags().Changed("server"):
			return usage("--server takes the address of a server, such as https://dash.example.com")
		case address != "" && dir != nil && dir.Changed:
			return usage("--server and --dir exclude each other: pass one")
		case address == "" && (dir == nil || cmd.Name() == "doctor" || dir.Changed || c.isDashboard(".")):
			return nil
		}
		if address == "" {
			cfg, err := c.loadQuietly()
			if err != nil || cfg.Connect == "" {
				return nil //nolint:nilerr // The command loads it again, and says what is wrong.
			}
			address = cfg.Connect
		}
		return c.useServer(cmd.Context(), address, yes)
	}
}
