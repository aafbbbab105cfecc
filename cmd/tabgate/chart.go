package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/muesli/termenv"
	"github.com/spf13/cobra"

	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/data/vega/js"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/vegaview"
)

// maxChartData bounds a specification and each of its files.
const maxChartData = 256 << 20

// chartCommand draws one Vega-Lite specification.
type chartCommand struct {
	*wiring
	file, base, size, format string
	width, height            int
	explain                  bool
}

func chartCmd(c *wiring) *cobra.Command {
	p := chartCommand{wiring: c}
	cmd := &cobra.Command{
		Use: "chart FILE", Short: "Draw a Vega-Lite specification",
		Long: "Draws a Vega-Lite specification, as Altair's chart.save(\"chart.json\") writes it, or prints\nwhat it is made of. Data files are read below --base and nowhere else. Exit 5 when the\nspecification asks for something that is not supported: its property is named, and\nnothing is drawn.",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("chart takes one file")
			}
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&p.base, "base", "", "`DIR` that data addresses are relative to (default: the specification's)")
	f.StringVar(&p.size, "size", "100x30", "`COLSxROWS` of the picture")
	f.StringVar(&p.format, "format", "text", "`FORMAT`: text, ansi, svg or facts")
	f.BoolVar(&p.explain, "explain", false, "list the inputs that the specification has, and what it asks for that cannot matter in a terminal, such as fonts")
	cmd.RunE = func(cmd *cobra.Command, args []string) (err error) {
		p.file = args[0]
		if p.width, p.height, err = parseSize(p.size); err != nil {
			return err
		}
		if !strings.Contains(" text ansi svg facts ", " "+p.format+" ") {
			return usage("--format is text, ansi, svg or facts, not %q", p.format)
		}
		return p.run(cmd.Context())
	}
	return cmd
}

func (p chartCommand) run(ctx context.Context) error {
	base := p.base
	if base == "" {
		base = filepath.Dir(p.file)
	}
	root, err := os.OpenRoot(base)
	if err != nil {
		return err
	}
	defer root.Close()
	text, err := whole(p.file, os.Stat, os.Open)
	if errors.Is(err, os.ErrNotExist) {
		return err // which names the file
	}
	if err != nil {
		return fmt.Errorf("%s: %w", p.file, err)
	}
	o := vega.Options{Load: func(address string) ([]byte, error) { return below(root, address) }}
	if p.format != "facts" {
		o.Width, o.Height = vegaview.Room(p.width, p.height)
		o.Dots = 1
	}
	scene, err := vega.Compile(text, o)
	if err != nil {
		return coded{exitConfig, fmt.Errorf("%s: %w", p.file, err)}
	}
	if p.explain {
		return p.printExplained(scene)
	}
	return p.print(ctx, scene)
}

// printExplained lists the inputs, and the properties that are ignored, one a
// line.
func (p chartCommand) printExplained(scene *vega.Scene) error {
	var lines []string
	for i := range scene.Inputs {
		lines = append(lines, explainInput(&scene.Inputs[i]))
	}
	if lines = append(lines, scene.Ignored...); len(scene.Ignored) == 0 {
		lines = append(lines, "Nothing is ignored.")
	}
	_, err := fmt.Fprintln(escaped(p.out), strings.Join(lines, "\n"))
	return err
}

// explainInput says what an input sets, to what, and how it is set.
func explainInput(in *vega.Input) string {
	text := fmt.Sprintf("input %s: %s", in.Key, in.Kind)
	switch in.Kind {
	case "range":
		text += fmt.Sprintf(" from %s to %s by %s", js.String(in.Min), js.String(in.Max), js.String(in.Step))
	case "select", "radio":
		text += " of " + strings.Join(in.Labels, ", ")
	}
	if now := in.Text(); now != "" {
		text += ", now " + now
	}
	return text
}

// print writes the scene as was asked.
func (p chartCommand) print(ctx context.Context, scene *vega.Scene) error {
	if p.format == "facts" {
		facts, err := scene.Facts(filepath.Base(p.file))
		if err != nil {
			return err
		}
		_, err = escaped(p.out).Write(append(facts, '\n'))
		return err
	}
	cfg, err := p.load()
	if err != nil {
		return err
	}
	colour := termenv.TrueColor
	if p.format == "text" {
		colour = termenv.Ascii
	}
	t := p.stillEnv(ctx, cfg, colour).Theme
	g, target := cell.NewGrid(p.width, p.height), page.Target(t)
	vegaview.Draw(g, scene, vegaview.NewLook(t))
	target.Reduce(g)
	return writeFrame(p.out, g, p.format)
}

// below reads a file that an address names below a folder.
func below(root *os.Root, address string) ([]byte, error) {
	if strings.Contains(address, "://") || strings.HasPrefix(address, "//") {
		return nil, errors.New("it is an address elsewhere, and chart reads files alone")
	}
	return whole(filepath.FromSlash(path.Clean(address)), root.Stat, root.Open)
}

// whole reads a regular file. Its kind is asked for before it is opened:
// opening a pipe would wait for whoever writes into it.
func whole(name string, stat func(string) (os.FileInfo, error), open func(string) (*os.File, error)) ([]byte, error) {
	info, err := stat(name)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errors.New("it is no regular file")
	case info.Size() > maxChartData:
		return nil, fmt.Errorf("it has more than %d MiB", maxChartData>>20)
	}
	f, err := open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var text bytes.Buffer
	text.Grow(int(info.Size()) + bytes.MinRead)
	n, err := text.ReadFrom(io.LimitReader(f, maxChartData+1))
	if err == nil && n > maxChartData { // it has grown
		return nil, fmt.Errorf("it has more than %d MiB", maxChartData>>20)
	}
	return text.Bytes(), err
}
