package browser

import (
	"errors"
	"strings"
)

// splitWords takes a command apart at spaces. Single and double quotes keep
// spaces in a word; nothing else is special, so a Windows path stays whole.
// No shell ever sees the result.
func splitWords(s string) ([]string, error) {
	var words []string
	var word []rune
	var quote rune
	inWord := false
	for _, r := range s {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '"' || r == '\''):
			quote, inWord = r, true
		case quote == 0 && (r == ' ' || r == '\t'):
			if inWord {
				words = append(words, string(word))
			}
			word, inWord = word[:0], false
		default:
			word, inWord = append(word, r), true
		}
	}
	if quote != 0 {
		return nil, errors.New("a quote is not closed")
	}
	if inWord {
		words = append(words, string(word))
	}
	return words, nil
}

// splitList takes a list of commands apart at colons outside quotes. A colon
// before // or \ belongs to an address or to a Windows path; on Windows, where
// no such lists are known, the text is one command.
func splitList(s string, windows bool) []string {
	var commands []string
	var quote rune
	start := 0
	for i, r := range s {
		rest := s[i+len(string(r)):]
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '"' || r == '\''):
			quote = r
		case quote == 0 && r == ':' && !windows && !strings.HasPrefix(rest, "//") && !strings.HasPrefix(rest, `\`):
			commands = append(commands, s[start:i])
			start = i + 1
		}
	}
	var named []string
	for _, command := range append(commands, s[start:]) {
		if command = strings.TrimSpace(command); command != "" {
			named = append(named, command)
		}
	}
	return named
}
