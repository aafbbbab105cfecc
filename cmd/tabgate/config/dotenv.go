package config

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/authtabs/tabgate/auth/trusted"
)

// dotenv is what a file of KEY=value lines says about our settings.
type dotenv struct {
	name string           // how errors and origins call it: "./.env"
	set  map[string]found // by the name that stands in the file
	bad  []*Error         // lines of ours that cannot be read
	note string           // why the file is ignored, one line; "" when it is not
}

// readFolder reads the .env of the folder dir, which is called name. It came with whatever the
// folder came with: nothing about it is an error, so that every command works
// whatever it holds.
func readFolder(dir, name string, user trusted.User) dotenv {
	d := dotenv{name: name}
	path := filepath.Join(dir, ".env")
	content, err := trusted.Rule{Folder: true, User: user}.ReadFile(path, fileLimit)
	var bad *trusted.Error
	switch {
	case err == nil:
		d.parse(content)
	case errors.Is(err, fs.ErrNotExist):
	case errors.As(err, &bad) && bad.Kind == trusted.Irregular && strings.Contains(bad.Problem, "a directory"):
		// People call the folder of a Python environment so.
	case errors.As(err, &bad):
		what := "it"
		if bad.Path != path {
			what = bad.Path
		}
		d.note = name + " is ignored, since " + what + " " + bad.Problem + ": " + bad.Fix
	default:
		d.note = fmt.Sprintf("%s is ignored, since it cannot be read: %v", name, reason(err))
	}
	return d
}

// readNamed reads the file that --env-file names. The user vouches for it, so
// what is wrong with it is an error.
func readNamed(dir, path string, user trusted.User) (dotenv, error) {
	d := dotenv{name: path}
	at := path
	if !filepath.IsAbs(at) {
		at = filepath.Join(dir, at)
	}
	content, err := trusted.Rule{User: user}.ReadFile(at, fileLimit)
	if err != nil {
		return d, unreadable(at, err)
	}
	if d.parse(content); len(d.bad) > 0 {
		return d, d.bad[0]
	}
	return d, nil
}

// unreadable is why a file of the user's own cannot be used.
func unreadable(path string, err error) *Error {
	var bad *trusted.Error
	if errors.As(err, &bad) {
		return &Error{Place: bad.Path, Text: bad.Problem, Fix: bad.Fix}
	}
	return wrong(path, "", "cannot be read (%v): fix it or move it away", reason(err))
}

// find gives the strongest value of a setting that the file has.
func (d dotenv) find(s setting) found {
	for _, name := range s.names() {
		if f := d.set[name]; f.text != "" {
			return f
		}
	}
	return found{}
}

// ours reports whether a name is one of tabgate's settings. All other lines
// are other programs' business.
func ours(name string) bool {
	return name == "TABGATE_PROFILE" || name == "TABGATE_CONFIG" ||
		slices.ContainsFunc(settings, func(s setting) bool { return slices.Contains(s.names(), name) })
}

// parse reads the lines that have a name of ours.
func (d *dotenv) parse(content []byte) {
	d.set = map[string]found{}
	lines := strings.Split(decoded(content), "\n")
	for i := 0; i < len(lines); i++ {
		name, value, ok := assignment(lines[i])
		at := i + 1
		if !ours(name) {
			if ok {
				i += further(value, lines[i+1:])
			}
			continue
		}
		origin, problem := fmt.Sprintf("%s:%d %s", d.name, at, name), "has no =: write "+name+"=value"
		if ok {
			value, problem = unquoted(value)
		}
		if problem != "" {
			d.bad = append(d.bad, wrong(origin, name, "%s", problem))
			continue
		}
		d.set[name] = found{value, origin}
	}
}

// decoded is the text of a file: PowerShell's > writes UTF-16, and editors of
// Windows a byte order mark.
func decoded(content []byte) string {
	order := binary.ByteOrder(nil)
	switch {
	case bytes.HasPrefix(content, []byte{0xff, 0xfe}):
		order, content = binary.LittleEndian, content[2:]
	case bytes.HasPrefix(content, []byte{0xfe, 0xff}):
		order, content = binary.BigEndian, content[2:]
	default:
		return string(bytes.TrimPrefix(content, []byte("\ufeff")))
	}
	units := make([]uint16, len(content)/2)
	for i := range units {
		units[i] = order.Uint16(content[2*i:])
	}
	return string(utf16.Decode(units))
}

// assignment parts a line into name and value. It is none when it is empty, a
// comment, or has no =; the name is then the first word.
func assignment(line string) (name, value string, ok bool) {
	line = strings.TrimSpace(line)
	if strings.HasPrefix(line, "#") {
		return "", "", false
	}
	if rest, found := strings.CutPrefix(line, "export"); found && strings.TrimLeft(rest, " \t") != rest {
		line = strings.TrimSpace(rest)
	}
	name, value, ok = strings.Cut(line, "=")
	name = strings.TrimSpace(name)
	if word := strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '\t' || r == ':' }); len(word) > 0 && word[0] != name {
		return word[0], "", false
	}
	return name, value, ok
}

// further is how many of the lines after it belong to the value of another
// program: quotes may go on over several lines. One that is never closed is
// taken for a part of its line.
func further(value string, lines []string) int {
	value = strings.TrimSpace(value)
	if value == "" || value[0] != '"' && value[0] != '\'' || closing(value[1:], value[0]) >= 0 {
		return 0
	}
	for i, line := range lines {
		if closing(line, value[0]) >= 0 {
			return i + 1
		}
	}
	return 0
}

// closing is where the quote is that ends text, -1 where there is none. A
// backslash keeps a double quote from ending it.
func closing(text string, quote byte) int {
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == quote:
			return i
		case text[i] == '\\' && quote == '"':
			i++
		}
	}
	return -1
}

var escapes = strings.NewReplacer(`\n`, "\n", `\r`, "\r", `\t`, "\t", `\"`, `"`, `\\`, `\`, `\$`, `$`)

// unquoted is the value as it was meant, or what is wrong with it.
func unquoted(text string) (value, problem string) {
	trimmed := strings.TrimSpace(text)
	if trimmed != "" && (trimmed[0] == '"' || trimmed[0] == '\'') {
		quote := trimmed[0]
		end := closing(trimmed[1:], quote)
		if end < 0 {
			return "", "has a quote that is not closed on its line"
		}
		if rest := strings.TrimSpace(trimmed[end+2:]); rest != "" && rest[0] != '#' {
			return "", "has text after its closing quote"
		}
		value = trimmed[1 : end+1]
		if quote == '\'' {
			return value, ""
		}
		value = escapes.Replace(value)
	} else {
		for i := 1; i < len(text); i++ {
			if text[i] == '#' && (text[i-1] == ' ' || text[i-1] == '\t') {
				text = text[:i]
				break
			}
		}
		value = strings.TrimSpace(text)
	}
	if strings.Contains(value, "${") {
		return "", "has ${…}, which is not expanded here: write the value itself"
	}
	return value, ""
}
