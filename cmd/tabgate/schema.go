package main

import (
	"github.com/spf13/cobra"

	"github.com/authtabs/tabgate/data/dashboard"
)

func schemaCmd(w *world) *cobra.Command {
	return &cobra.Command{
		Use: "schema page | folder", Short: "Print the JSON Schema of a page's file, or of tabgate.yaml",
		Long: "Prints the JSON Schema (draft 7) of a page's file or of tabgate.yaml, by which editors check\nand complete them. It is also at the address that the first line of each written file names.",
		Args: oneOf("kind of file", "page", "folder"), ValidArgs: []string{"page", "folder"},
		RunE: func(_ *cobra.Command, args []string) error {
			text := dashboard.PageSchema()
			if args[0] == "folder" {
				text = dashboard.FolderSchema()
			}
			_, err := w.out.Write(text)
			return err
		},
	}
}
