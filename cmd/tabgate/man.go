package main

import (
	"fmt"

	mango "github.com/muesli/mango-cobra"
	"github.com/muesli/roff"
	"github.com/spf13/cobra"
)

func (c *command) manCmd() *cobra.Command {
	return &cobra.Command{
		Use: "man", Short: "Print the manual page (tabgate man | man -l -)", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			page, err := mango.NewManPage(1, cmd.Root())
			if err != nil {
				return fmt.Errorf("make the manual page: %w", err)
			}
			_, err = fmt.Fprint(c.out, page.Build(roff.NewDocument()))
			return err
		},
	}
}
