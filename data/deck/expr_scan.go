package deck

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

type tokenKind int

const (
	tokenName tokenKind = iota
	tokenNumber
	tokenText
	tokenOp
)

type token struct {
	kind   tokenKind
	text   string
	number float64
}

// operators are tried in this order: the longer ones first.
var operators = strings.Fields("=== !== >>> == != <= >= && || << >> + - * / % < > ! ~ & | ^ ? : ( ) [ ] . , ;")

func (p *exprParser) scan() error {
	for s := p.text; s != ""; {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case unicode.IsSpace(r):
			s = s[n:]
		case r >= '0' && r <= '9' || r == '.' && len(s) > 1 && s[1] >= '0' && s[1] <= '9':
			end := numberEnd(s)
			f, err := strconv.ParseFloat(s[:end], 64)
			if err != nil && !math.IsInf(f, 0) || end < len(s) && isName(rune(s[end])) {
				return fmt.Errorf("%.20q is no number", s)
			}
			p.tokens = append(p.tokens, token{tokenNumber, s[:end], f})
			s = s[end:]
		case r == '"' || r == '\'':
			text, rest, ok := quoted(s)
			if !ok {
				return fmt.Errorf("the text %.20s has no end", s)
			}
			p.tokens = append(p.tokens, token{kind: tokenText, text: text})
			s = rest
		case isName(r):
			end := strings.IndexFunc(s, func(r rune) bool { return !isName(r) && !unicode.IsDigit(r) })
			if end < 0 {
				end = len(s)
			}
			p.tokens = append(p.tokens, token{kind: tokenName, text: s[:end]})
			s = s[end:]
		default:
			op := ""
			for _, o := range operators {
				if strings.HasPrefix(s, o) {
					op = o
					break
				}
			}
			if op == "" || strings.HasPrefix(s, "**") || strings.HasPrefix(s, "??") || strings.HasPrefix(s, "?.") && (len(s) < 3 || s[2] < '0' || s[2] > '9') || strings.HasPrefix(s, "=>") {
				return fmt.Errorf("%q is not supported", string(r))
			}
			p.tokens = append(p.tokens, token{kind: tokenOp, text: op})
			s = s[len(op):]
		}
	}
	return nil
}

func isName(r rune) bool { return unicode.IsLetter(r) || r == '_' || r == '$' || r > 127 }

func numberEnd(s string) int {
	i := 0
	digits := func() {
		for i < len(s) && s[i] >= '0' && s[i] <= '9' {
			i++
		}
	}
	if digits(); i < len(s) && s[i] == '.' {
		i++
		digits()
	}
	if i < len(s) && (s[i] == 'e' || s[i] == 'E') {
		mark := i
		if i++; i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		if from := i; true {
			if digits(); i == from {
				i = mark
			}
		}
	}
	return i
}

func quoted(s string) (text, rest string, ok bool) {
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch c := s[i]; c {
		case s[0]:
			return b.String(), s[i+1:], true
		case '\\':
			if i++; i == len(s) {
				return "", "", false
			}
			if k := strings.IndexByte("nrtbfv", s[i]); k >= 0 {
				b.WriteByte("\n\r\t\b\f\v"[k])
			} else {
				b.WriteByte(s[i])
			}
		default:
			b.WriteByte(c)
		}
	}
	return "", "", false
}
