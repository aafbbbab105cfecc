package markdown

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"github.com/authtabs/tabgate/tui/cell"
)

// role is what a run of text is.
type role int

const (
	body role = iota
	heading
	quiet
	rule
	code
	anchor
	wrong
)

// run is text of one look.
type run struct {
	text string
	attr cell.Attr
	role role
	url  string
	hard bool // a line ends here
}

// block is a part of the text that begins on a line of its own.
type block struct {
	kind  blockKind
	runs  []run    // of a paragraph and a heading
	lead  string   // before the first line: the sign of an item
	inner []block  // of a quote and an item
	rows  [][]cel  // of a table, the heading first
	right []bool   // its columns that stand at the right
	text  []string // of code, line by line
	tight bool     // no blank line before it
}

// cel is a cell of a table.
type cel []run

type blockKind int

const (
	paragraph blockKind = iota
	title
	quote
	item
	listing
	table
	thematic
)

// parse reads a text. What cannot be drawn, HTML among it, is left as it is
// written.
func parse(src string) []block {
	src = strings.TrimPrefix(src, "\ufeff")
	source := []byte(src)
	md := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Linkify))
	p := parser{source: source}
	return p.children(md.Parser().Parse(text.NewReader(source)), 0)
}

type parser struct{ source []byte }

// deepest is how deep blocks stand in each other at most: deeper ones are
// drawn at that depth.
const deepest = 12

func (p *parser) children(n ast.Node, depth int) (out []block) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		out = append(out, p.block(c, depth)...)
	}
	return out
}

func (p *parser) block(n ast.Node, depth int) []block {
	switch n := n.(type) {
	case *ast.Heading:
		return []block{{kind: title, runs: p.inline(n, run{role: heading})}}
	case *ast.Blockquote:
		if depth >= deepest {
			return p.children(n, depth)
		}
		return []block{{kind: quote, inner: p.children(n, depth+1)}}
	case *ast.List:
		return p.list(n, depth)
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		return []block{{kind: listing, text: p.raw(n)}}
	case *ast.HTMLBlock:
		var out []run
		for _, line := range p.raw(n) {
			out = append(out, run{text: line, hard: true})
		}
		return []block{{runs: out}}
	case *ast.ThematicBreak:
		return []block{{kind: thematic}}
	case *extast.Table:
		return []block{p.table(n)}
	case *ast.TextBlock:
		return []block{{runs: p.inline(n, run{}), tight: true}}
	}
	return []block{{runs: p.inline(n, run{})}}
}

func (p *parser) list(n *ast.List, depth int) (out []block) {
	number := n.Start
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		lead := "• "
		if n.IsOrdered() {
			lead = strconv.Itoa(number) + ". "
			number++
		}
		if depth >= deepest {
			out = append(out, p.children(c, depth)...)
			continue
		}
		inner := p.children(c, depth+1)
		for i := range inner {
			inner[i].tight = inner[i].tight || n.IsTight
		}
		out = append(out, block{kind: item, lead: lead, inner: inner, tight: n.IsTight && len(out) > 0})
	}
	return out
}

func (p *parser) raw(n ast.Node) (out []string) {
	lines := n.Lines()
	for i := range lines.Len() {
		at := lines.At(i)
		out = append(out, strings.TrimRight(string(at.Value(p.source)), "\r\n"))
	}
	return out
}

func (p *parser) table(n *extast.Table) block {
	b := block{kind: table}
	for _, a := range n.Alignments {
		b.right = append(b.right, a == extast.AlignRight)
	}
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		style := run{}
		if _, ok := row.(*extast.TableHeader); ok {
			style.attr = cell.Bold
		}
		var cells []cel
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			cells = append(cells, p.inline(c, style))
		}
		b.rows = append(b.rows, cells)
	}
	return b
}

// inline reads what stands in a paragraph, in the look of what it stands in.
func (p *parser) inline(n ast.Node, in run) (out []run) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		out = append(out, p.span(c, in)...)
	}
	return out
}

func (p *parser) span(n ast.Node, in run) []run {
	switch n := n.(type) {
	case *ast.Text:
		in.text = string(n.Segment.Value(p.source))
		if n.SoftLineBreak() {
			in.text += " "
		}
		in.hard = n.HardLineBreak()
		return []run{in}
	case *ast.String:
		in.text = string(n.Value)
		return []run{in}
	case *ast.RawHTML:
		for i := range n.Segments.Len() {
			at := n.Segments.At(i)
			in.text += string(at.Value(p.source))
		}
		return []run{in}
	case *ast.CodeSpan:
		in.role = code
		return p.inline(n, in)
	case *ast.Emphasis:
		in.attr |= cell.Italic
		if n.Level > 1 {
			in.attr = in.attr&^cell.Italic | cell.Bold
		}
		return p.inline(n, in)
	case *extast.Strikethrough:
		in.attr |= cell.Strike
		return p.inline(n, in)
	case *ast.Link:
		return p.link(p.inline(n, in), string(n.Destination))
	case *ast.AutoLink:
		in.text = string(n.Label(p.source))
		return p.link([]run{in}, string(n.URL(p.source)))
	case *ast.Image:
		in.role = quiet
		return append([]run{{text: "[image: ", role: quiet}}, append(p.inline(n, in), run{text: "]", role: quiet})...)
	}
	return p.inline(n, in)
}

// link makes text lead to an address of the web. Where the terminal shows no
// links, the text alone is seen: an address that the text does not name is
// written behind it.
func (p *parser) link(runs []run, url string) []run {
	if !strings.HasPrefix(url, "https://") && !strings.HasPrefix(url, "http://") && !strings.HasPrefix(url, "mailto:") {
		return runs
	}
	text := ""
	for i := range runs {
		runs[i].url, runs[i].role = url, anchor
		text += runs[i].text
	}
	if short := strings.TrimPrefix(strings.TrimPrefix(url, "https://"), "mailto:"); text != url && text != short {
		runs = append(runs, run{text: " (" + short + ")", role: quiet})
	}
	return runs
}
