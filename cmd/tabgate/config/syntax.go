package config

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	yamlPlace  = regexp.MustCompile(`^(?:yaml: )?(?:line (\d+): )?`)
	yamlParser = regexp.MustCompile(`^did not find`)
	yamlLexer  = regexp.MustCompile(`^(?:could not|found|mapping|block)`)
	yamlNamed  = regexp.MustCompile(`'[^']*'|"[^"]*"|` + "`[^`]*`")
)

// syntax passes on what the YAML library found, with the right line and
// without what it quotes: the line may hold the client secret.
//
// The library counts lines from 0 where its grammar fails and from 1 where
// its lexer does, and leaves the first line's number out in both.
func (f *file) syntax(err error) error {
	text := strings.Join(strings.Fields(err.Error()), " ")
	m := yamlPlace.FindStringSubmatch(text)
	text = strings.TrimPrefix(text, m[0])
	line, _ := strconv.Atoi(m[1])
	if yamlParser.MatchString(text) || line == 0 && yamlLexer.MatchString(text) {
		line++
	}
	place := f.name
	if line > 0 {
		place += ":" + strconv.Itoa(line)
	}
	return wrong(place, "", "is not YAML (%s): mend it", yamlNamed.ReplaceAllString(text, "…"))
}
