package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
)

func configCmd(c *settings) *cobra.Command {
	cmd := group(&cobra.Command{Use: "config", Short: "Write, show or find the configuration"})
	cmd.AddCommand(
		&cobra.Command{Use: "init", Short: "Write a commented config file", Long: "Writes a config file with every setting in it as a comment, and prints its path. An\nexisting file is left as it is.", Args: noArgs, RunE: c.runConfigInit},
		&cobra.Command{Use: "show", Short: "Show every setting in force and where it came from", Long: "Shows every setting, the value in force, and where it came from: flag, environment, .env,\nline of the config file, or default. Secrets are hidden.", Args: noArgs, RunE: c.runConfigShow},
		&cobra.Command{Use: "path", Short: "Say where the config file is looked for", Args: noArgs, RunE: c.runConfigPath},
	)
	return cmd
}

func (c *settings) runConfigInit(*cobra.Command, []string) error {
	path := c.configFile()
	if err := config.Init(path, c.pages()); err != nil {
		return err
	}
	fmt.Fprintln(c.out, path)
	fmt.Fprintln(c.err, "Written. Fill in domain and client_id, then run tabgate doctor.")
	return nil
}

func (c *settings) runConfigPath(*cobra.Command, []string) error {
	path := c.configFile()
	if path == "" {
		return fail(exitConfig, "there is no home directory to look in: set XDG_CONFIG_HOME or pass --config FILE")
	}
	fmt.Fprintln(c.out, path)
	return nil
}

func (c *settings) runConfigShow(*cobra.Command, []string) error {
	cfg, err := c.load()
	if err != nil {
		return err
	}
	if why := cfg.Folder.Why(); why != "" && !cfg.Configured() {
		fmt.Fprintln(c.err, why)
	}
	t := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	for _, row := range cfg.Rows() {
		value := session.Clean(row.Value, 200)
		if value == "" {
			value = "-"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\n", row.Key, value, session.Clean(row.Origin, 200))
	}
	return t.Flush()
}
