package dashboard

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// deepest is how many levels a file has at most.
const deepest = 100

// emptyFile is the kind of the node that a file with nothing but comments is.
const emptyFile = yaml.DocumentNode

// tree parses a file into nodes with places. It is nil where the text is none
// of its kind; anchors, aliases, tags, merge keys and keys twice are reported
// and left out.
func (r *reader) tree(text []byte, isJSON bool) *yaml.Node {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if !utf8.Valid(text) {
		r.tell(Place{r.file, lineOfBad(text), 1}, false, "this is no UTF-8 text: save the file as UTF-8")
		return nil
	}
	p := parser{r}
	n, ok := p.parse(text, isJSON)
	if !ok {
		return nil
	}
	if n == nil || n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" {
		return &yaml.Node{Kind: emptyFile, Line: 1, Column: 1}
	}
	p.strict(n, 1)
	return n
}

func lineOfBad(text []byte) int {
	line := 1
	for len(text) > 0 {
		c, size := utf8.DecodeRune(text)
		if c == utf8.RuneError && size == 1 {
			break
		}
		if c == '\n' {
			line++
		}
		text = text[size:]
	}
	return line
}

// parser makes nodes of a file's text.
type parser struct{ *reader }

func (r parser) parse(text []byte, isJSON bool) (*yaml.Node, bool) {
	if isJSON {
		return r.parseJSON(text)
	}
	dec := yaml.NewDecoder(bytes.NewReader(text))
	var doc, next yaml.Node
	switch err := dec.Decode(&doc); {
	case errors.Is(err, io.EOF):
		return nil, true
	case err != nil:
		r.syntax(text, err)
		return nil, false
	}
	switch err := dec.Decode(&next); {
	case err == nil:
		r.wrong(&next, "a second document begins here: a file is one page, so take the --- line out or make it a file of its own")
		return nil, false
	case !errors.Is(err, io.EOF):
		r.syntax(text, err)
		return nil, false
	}
	return doc.Content[0], true
}

// strict goes through a tree once and refuses what would make a page mean
// something else than it seems to say.
func (r parser) strict(n *yaml.Node, depth int) {
	switch {
	case depth > deepest:
		r.wrong(n, "this is more than %d levels deep", deepest)
		n.Kind, n.Content = refused, nil
	case n.Kind == yaml.AliasNode:
		r.wrong(n, "YAML aliases (*%s) are not taken: write it out, or put the text in quotes", n.Value)
		n.Kind, n.Alias = refused, nil
	case n.Anchor != "":
		r.wrong(n, "YAML anchors (&%s) are not taken: write it out, or put the text in quotes", n.Anchor)
	case n.Style&yaml.TaggedStyle != 0:
		r.wrong(n, "YAML tags (%s) are not taken: leave it out, or put the text in quotes", n.Tag)
	}
	if n.Kind == yaml.MappingNode {
		r.strictKeys(n)
	}
	for _, child := range n.Content {
		r.strict(child, depth+1)
	}
}

// strictKeys leaves out of a mapping the keys that are none.
func (r parser) strictKeys(n *yaml.Node) {
	first := make(map[string]*yaml.Node, len(n.Content)/2)
	var kept []*yaml.Node
	for k, v := range pairs(n) {
		switch {
		case k.Kind != yaml.ScalarNode:
			r.wrong(k, "a key is a word, not %s", kind(k))
		case k.ShortTag() == "!!merge":
			r.wrong(k, "YAML merge keys (<<) are not taken: write the keys out")
		case first[k.Value] != nil:
			r.wrong(k, "key %s stands here twice: the first is in line %d", k.Value, first[k.Value].Line)
		default:
			first[k.Value] = k
			kept = append(kept, k, v)
		}
	}
	n.Content = kept
}

// syntax reports what the YAML library found, in words, with the right line
// and without what it quotes: a line may hold a secret.
func (r parser) syntax(text []byte, err error) {
	line, what := yamlError(err)
	lines := strings.Split(string(text), "\n")
	if name, ok := strings.CutPrefix(err.Error(), "yaml: unknown anchor '"); ok {
		name = strings.TrimSuffix(name, "' referenced")
		r.tell(r.aliasOf(lines, name), false, "YAML aliases (*%s) are not taken: write it out, or put the text in quotes", name)
		return
	}
	if near := tabNear(lines, line); near > 0 {
		r.tell(Place{r.file, near, 1}, false, "a tab indents this line: YAML takes spaces alone")
		return
	}
	at := Place{r.file, line, 1}
	source := ""
	if line <= len(lines) {
		source = lines[line-1]
		at.Col += utf8.RuneCountInString(source) - utf8.RuneCountInString(strings.TrimLeft(source, " "))
	}
	switch {
	case strings.Contains(source, "[*]"):
		r.tell(at, false, `* alone is no text to YAML: write ["*"]`)
	case strings.Contains(what, "mapping values are not allowed"):
		r.tell(at, false, "a colon is too many, or the line above is not finished: put text that holds a colon in quotes")
	case strings.Contains(what, "control characters"):
		r.tell(at, false, "the file holds a control character: take it out")
	default:
		r.tell(at, false, "this is not YAML (%s): fix it", what)
	}
}

// aliasOf is the place of the first alias of a name, which the YAML library
// does not tell.
func (r parser) aliasOf(lines []string, name string) Place {
	for i, l := range lines {
		before, _, ok := strings.Cut(l, "*"+name)
		if ok && strings.TrimRight(before, " [{,:-") != before || ok && before == "" {
			return Place{r.file, i + 1, utf8.RuneCountInString(before) + 1}
		}
	}
	return Place{r.file, 1, 1}
}

// tabNear is the line near the place of an error that a tab indents; 0 = none.
func tabNear(lines []string, line int) int {
	for _, l := range []int{line, line + 1, line - 1} {
		if l < 1 || l > len(lines) {
			continue
		}
		text := lines[l-1]
		if indent := text[:len(text)-len(strings.TrimLeft(text, " \t"))]; strings.Contains(indent, "\t") {
			return l
		}
	}
	return 0
}

// yamlError is what the YAML library says, and its line. The library counts
// lines from 0 where its grammar fails and from 1 where its lexer does, and
// leaves the first line's number out in both.
func yamlError(err error) (line int, what string) {
	what = strings.TrimPrefix(strings.Join(strings.Fields(err.Error()), " "), "yaml: ")
	if rest, ok := strings.CutPrefix(what, "line "); ok {
		number, text, _ := strings.Cut(rest, ": ")
		line, _ = strconv.Atoi(number)
		what = text
	}
	if strings.HasPrefix(what, "did not find") || line == 0 {
		line++
	}
	return line, quoted().ReplaceAllString(what, "…")
}

func quoted() *regexp.Regexp { return regexp.MustCompile("'[^']*'|\"[^\"]*\"|`[^`]*`") }

// parseJSON parses JSON into the same nodes.
func (r parser) parseJSON(text []byte) (*yaml.Node, bool) {
	p := jsonParser{text: text, dec: json.NewDecoder(bytes.NewReader(text)), line: 1}
	p.dec.UseNumber()
	n, err := p.value(1)
	if errors.Is(err, io.EOF) && len(bytes.TrimSpace(text)) == 0 {
		return nil, true
	}
	if err == nil {
		p.skip()
		if p.at < len(text) {
			err = errors.New("something follows the end of the page")
		}
	}
	if err != nil {
		p.move(min(int(p.dec.InputOffset()), len(text)))
		r.tell(Place{r.file, p.line, p.col()}, false, "this is not JSON (%s): fix it", jsonError(err))
		return nil, false
	}
	return n, true
}

func jsonError(err error) string {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return "it ends too early"
	}
	return quoted().ReplaceAllString(err.Error(), "…")
}

// jsonParser makes nodes of JSON.
type jsonParser struct {
	text             []byte
	dec              *json.Decoder
	at, line, before int // where it is: the byte, its line, and the characters before it there
}

// move goes on to a byte, counting lines and characters: a file may be one
// line, so none is counted twice.
func (p *jsonParser) move(to int) {
	for ; p.at < to; p.at++ {
		switch c := p.text[p.at]; {
		case c == '\n':
			p.line, p.before = p.line+1, 0
		case utf8.RuneStart(c):
			p.before++
		}
	}
}

// skip goes on to the next token.
func (p *jsonParser) skip() {
	p.move(int(p.dec.InputOffset()))
	to := p.at
	for to < len(p.text) && strings.IndexByte(" \t\r\n,:", p.text[to]) >= 0 {
		to++
	}
	p.move(to)
}

func (p *jsonParser) col() int { return p.before + 1 }

func (p *jsonParser) value(depth int) (*yaml.Node, error) {
	p.skip()
	n := &yaml.Node{Line: p.line, Column: p.col()}
	token, err := p.dec.Token()
	if err != nil {
		return nil, err
	}
	n.Kind = yaml.ScalarNode
	switch v := token.(type) {
	case json.Delim:
		return n, p.children(n, v, depth)
	case string:
		n.Tag, n.Value, n.Style = "!!str", v, yaml.DoubleQuotedStyle
	case json.Number:
		n.Value = v.String()
		n.Tag = "!!int"
		if strings.ContainsAny(n.Value, ".eE") {
			n.Tag = "!!float"
		}
	case bool:
		n.Tag, n.Value = "!!bool", strconv.FormatBool(v)
	default:
		n.Tag, n.Value = "!!null", "null"
	}
	return n, nil
}

func (p *jsonParser) children(n *yaml.Node, open json.Delim, depth int) error {
	if depth > deepest {
		return errors.New("it is more than " + strconv.Itoa(deepest) + " levels deep")
	}
	n.Kind, n.Tag = yaml.SequenceNode, "!!seq"
	if open == '{' {
		n.Kind, n.Tag = yaml.MappingNode, "!!map"
	}
	for p.dec.More() {
		child, err := p.value(depth + 1)
		if err != nil {
			return err
		}
		n.Content = append(n.Content, child)
	}
	_, err := p.dec.Token()
	return err
}
