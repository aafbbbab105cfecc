package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/authtabs/tabgate/data/frame"
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
	options := readingFlags(cmd)
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

// readingFlags adds the flags that say how a file is to be read.
func readingFlags(cmd *cobra.Command) func() (textfile.Options, error) {
	says := map[string]string{
		"delimiter": "`CHAR` between cells: one character, tab, space or \\x01", "decimal": "decimal `SIGN`: . or ,",
		"thousands": "`SIGN` that groups thousands: a character, space or none", "encoding": "`NAME` of the encoding, as utf-8 or windows-1252",
		"header": "`ANSWER` to whether the first line names the columns: yes or no", "skip": "`COUNT` of lines to leave out at the start",
		"comment": "`CHAR` that begins comment lines, or none", "na": "`LIST` of more words for a missing value; empty = there are none at all",
		"dates": "`ORDER` of dates in doubt: dmy, mdy or ymd", "format": "`FORMAT`: csv, tsv, json, ndjson, parquet, arrow or sqlite:TABLE",
	}
	values := map[string]*string{}
	for _, key := range textfile.Keys {
		values[key] = cmd.Flags().String(key, "", says[key])
	}
	return func() (textfile.Options, error) {
		var o textfile.Options
		for _, key := range textfile.Keys {
			if !cmd.Flags().Changed(key) {
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
		err = inspectText(ctx, cleaned(out), r)
	}
	if err != nil {
		return err
	}
	return out.Flush()
}

// inspectText prints the same for people.
func inspectText(ctx context.Context, out io.Writer, r *textfile.Result) error {
	fmt.Fprintf(out, "format     %s\n", r.Format)
	if d := r.Dialect; d != nil {
		heading := "none"
		if d.Header {
			heading = "line " + strconv.Itoa(d.Skip+1)
		}
		fmt.Fprintf(out, "dialect    delimiter %q, quote %s, encoding %s, decimal sign %q, thousands %q\n", d.Delimiter, d.Quote, d.Encoding, d.Decimal, d.Thousands)
		fmt.Fprintf(out, "heading    %s\n", heading)
	}
	fmt.Fprintf(out, "rows       %d\n", r.Len())
	for _, col := range r.Columns() {
		fmt.Fprintf(out, "column     %-24s %-9s %d nulls\n", col.Name, textfile.TypeName(col.Type), col.Nulls)
	}
	for _, s := range r.Skipped {
		fmt.Fprintf(out, "left out   line %d: %s\n", s.Line, s.Reason)
	}
	for _, n := range r.Notes {
		fmt.Fprintf(out, "note       %s\n", n)
	}
	head, err := frame.Rows(ctx, r, frame.All(r), 0, 5)
	if err != nil {
		return err
	}
	for i := range head.Len {
		fmt.Fprintf(out, "row        %s\n", head.AppendJSON(nil, i))
	}
	return nil
}
