package main

import (
	"bufio"
	"cmp"
	"context"

	"github.com/spf13/cobra"

	"github.com/authtabs/tabgate/data/textfile"
)

func inspectCmd(w *world) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "inspect FILE", Short: "Say how a data file is read",
		Long: "Says how a data file is read: its format and dialect, the type of each column, the\nlines that were left out and why, and whatever was guessed. Exit 1 when it cannot be\nread. The flags decide what the file leaves in doubt.",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("inspect takes one file")
			}
			return nil
		},
	}
	options := readingFlags(cmd, nil)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		o, err := options()
		if err != nil {
			return err
		}
		return w.inspect(cmd.Context(), args[0], o, asJSON)
	}
	return cmd
}

// readingFlags adds the flags that say how a file is to be read. They have the
// names of [textfile.Keys] but for those that are renamed.
func readingFlags(cmd *cobra.Command, renamed map[string]string) func() (textfile.Options, error) {
	says := map[string]string{
		"delimiter": "`CHAR` between cells: one character, tab, space or \\x01", "decimal": "decimal `SIGN`: . or ,",
		"thousands": "`SIGN` that groups thousands: a character, space or none", "encoding": "`NAME` of the encoding, as utf-8 or windows-1252",
		"header": "`ANSWER` to whether the first line names the columns: yes or no", "skip": "`COUNT` of lines to leave out at the start",
		"comment": "`CHAR` that begins comment lines, or none", "na": "`LIST` of more words for a missing value; empty = there are none at all",
		"dates": "`ORDER` of dates in doubt: dmy, mdy or ymd", "format": "`FORMAT`: csv, tsv, json, ndjson, parquet, arrow or sqlite:TABLE",
	}
	values := map[string]*string{}
	for _, key := range textfile.Keys {
		values[key] = cmd.Flags().String(cmp.Or(renamed[key], key), "", says[key])
	}
	return func() (textfile.Options, error) {
		var o textfile.Options
		for _, key := range textfile.Keys {
			if !cmd.Flags().Changed(cmp.Or(renamed[key], key)) {
				continue
			}
			if err := o.Set(key, *values[key]); err != nil {
				return o, usage("--%v", err)
			}
		}
		return o, nil
	}
}

// inspect reads a file and prints how.
func (w *world) inspect(ctx context.Context, path string, o textfile.Options, asJSON bool) error {
	r, err := textfile.Read(ctx, path, o)
	if err != nil {
		return err
	}
	defer r.Close()
	out := bufio.NewWriter(w.out)
	if asJSON {
		err = r.WriteJSON(ctx, escaped(out))
	} else {
		err = inspection{cleaned(out), w.lineWidth()}.print(ctx, r)
	}
	if err != nil {
		return err
	}
	return out.Flush()
}
