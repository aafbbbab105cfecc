package browser

import "errors"

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
