package input

import (
	"strconv"
	"strings"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"
)

// modifiers are held with a key, as xterm and kitty number them, less one.
type modifiers int

const (
	shift modifiers = 1 << iota
	alt
	ctrl
	super
	hyper
	meta

	// others make another key of a key, one that is not ours. Caps lock and
	// num lock, which kitty reports as well, make none.
	others = super | hyper | meta
)

// finals are the keys by the final byte of their sequence.
var finals = map[byte]tea.KeyType{
	'A': tea.KeyUp, 'B': tea.KeyDown, 'C': tea.KeyRight, 'D': tea.KeyLeft, 'H': tea.KeyHome, 'F': tea.KeyEnd,
	'P': tea.KeyF1, 'Q': tea.KeyF2, 'R': tea.KeyF3, 'S': tea.KeyF4, 'Z': tea.KeyShiftTab,
}

// numbered are the keys of sequences that end with a tilde.
var numbered = map[int]tea.KeyType{
	1: tea.KeyHome, 2: tea.KeyInsert, 3: tea.KeyDelete, 4: tea.KeyEnd, 5: tea.KeyPgUp, 6: tea.KeyPgDown, 7: tea.KeyHome, 8: tea.KeyEnd,
	11: tea.KeyF1, 12: tea.KeyF2, 13: tea.KeyF3, 14: tea.KeyF4, 15: tea.KeyF5, 17: tea.KeyF6, 18: tea.KeyF7, 19: tea.KeyF8,
	20: tea.KeyF9, 21: tea.KeyF10, 23: tea.KeyF11, 24: tea.KeyF12, 25: tea.KeyF13, 26: tea.KeyF14, 28: tea.KeyF15, 29: tea.KeyF16,
	31: tea.KeyF17, 32: tea.KeyF18, 33: tea.KeyF19, 34: tea.KeyF20,
}

// modified are the keys that have a name of their own with shift, ctrl, and
// both.
var modified = map[tea.KeyType][3]tea.KeyType{
	tea.KeyUp:    {tea.KeyShiftUp, tea.KeyCtrlUp, tea.KeyCtrlShiftUp},
	tea.KeyDown:  {tea.KeyShiftDown, tea.KeyCtrlDown, tea.KeyCtrlShiftDown},
	tea.KeyRight: {tea.KeyShiftRight, tea.KeyCtrlRight, tea.KeyCtrlShiftRight},
	tea.KeyLeft:  {tea.KeyShiftLeft, tea.KeyCtrlLeft, tea.KeyCtrlShiftLeft},
	tea.KeyHome:  {tea.KeyShiftHome, tea.KeyCtrlHome, tea.KeyCtrlShiftHome},
	tea.KeyEnd:   {tea.KeyShiftEnd, tea.KeyCtrlEnd, tea.KeyCtrlShiftEnd},
	tea.KeyPgUp:  {0, tea.KeyCtrlPgUp, 0}, tea.KeyPgDown: {0, tea.KeyCtrlPgDown, 0}, tea.KeyTab: {tea.KeyShiftTab, 0, 0},
	tea.KeyF1: {tea.KeyF13, 0, 0}, tea.KeyF2: {tea.KeyF14, 0, 0}, tea.KeyF3: {tea.KeyF15, 0, 0}, tea.KeyF4: {tea.KeyF16, 0, 0},
	tea.KeyF5: {tea.KeyF17, 0, 0}, tea.KeyF6: {tea.KeyF18, 0, 0}, tea.KeyF7: {tea.KeyF19, 0, 0}, tea.KeyF8: {tea.KeyF20, 0, 0},
}

// with returns a key that is pressed with modifiers, nil if that has no name.
func with(k tea.KeyType, mods modifiers) tea.Msg {
	if k == 0 || mods&others != 0 {
		return nil
	}
	if n := mods & (shift | ctrl); n != 0 && k != tea.KeyShiftTab {
		column := map[modifiers]int{shift: 0, ctrl: 1, shift | ctrl: 2}[n]
		if k = modified[k][column]; k == 0 {
			return nil
		}
	}
	return tea.KeyMsg{Type: k, Alt: mods&alt != 0}
}

// plain returns the key of a character that is pressed with modifiers, nil if
// terminals have never had one for it.
func plain(r rune, mods modifiers) tea.Msg {
	if mods&others != 0 {
		return nil
	}
	if mods&ctrl != 0 {
		if latin, ok := Latin(r); ok {
			r = latin
		}
		switch {
		case r == ' ':
			r = 0
		case r >= 0x40 && r < del:
			r &= 0x1f
		case r > ' ' && r != del:
			return nil
		}
	} else if mods&shift != 0 {
		if r == '\t' {
			return with(tea.KeyTab, mods)
		}
		r = unicode.ToUpper(r)
	}
	msg := character(r)
	msg.Alt = mods&alt != 0
	return msg
}

// character returns the key of a character or a control character.
func character(r rune) tea.KeyMsg {
	switch {
	case r == ' ':
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}}
	case r < ' ' || r == del:
		return tea.KeyMsg{Type: tea.KeyType(r)}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}}
}

// altKey returns the key with alt at the start of b, ESC and a character, and
// its length. It is none unless that key edits text: moves by a word (b, f) or
// erases one (d, backspace).
func altKey(b []byte) (msg tea.KeyMsg, n int) {
	if len(b) < 2 || strings.IndexByte("bfd\x7f\b", b[1]) < 0 {
		return msg, 0
	}
	msg = character(rune(b[1]))
	msg.Alt = true
	return msg, 2
}

// csi decodes what follows ESC [. Nil is a sequence that means nothing here.
func csi(body string) tea.Msg {
	final, params := body[len(body)-1], body[:len(body)-1]
	switch {
	case body == "I":
		return tea.FocusMsg{}
	case body == "O":
		return tea.BlurMsg{}
	case body[0] == 'M' && len(body) == 4:
		return oldMouse(body[1:])
	case body[0] == '<':
		return mouse(params[1:], final)
	case body[0] == '[' && len(body) == 2 && final >= 'A' && final <= 'E':
		return tea.KeyMsg{Type: []tea.KeyType{tea.KeyF1, tea.KeyF2, tea.KeyF3, tea.KeyF4, tea.KeyF5}[final-'A']}
	case strings.Trim(params, "0123456789;:") != "":
		return Reply{CSI, body}
	}
	return csiKey(params, final, body)
}

// csiKey decodes the sequences of keys, which have numbers alone for
// parameters: the key, its modifiers, and for some a third.
func csiKey(params string, final byte, body string) tea.Msg {
	first, rest, _ := strings.Cut(params, ";")
	second, third, _ := strings.Cut(rest, ";")
	mods, pressed := held(second)
	switch {
	case final == 'u' && first != "":
		return unicodeKey(first, mods, pressed)
	case final == '~' && first == "27" && third != "":
		return otherKey(third, mods)
	case third != "":
		return Reply{CSI, body}
	}
	var k tea.KeyType
	n, _ := strconv.Atoi(first)
	switch {
	case final == '~':
		k = numbered[n]
	case strings.IndexByte("^$@", final) >= 0 && rest == "": // rxvt
		k, mods = numbered[n], map[byte]modifiers{'^': ctrl, '$': shift, '@': ctrl | shift}[final]
	case strings.IndexByte("abcd", final) >= 0 && params == "": // rxvt
		k, mods = finals[final-'a'+'A'], shift
	case params == "" || first == "1":
		k = finals[final]
	}
	switch {
	case k == 0:
		return Reply{CSI, body}
	case !pressed:
		return nil
	}
	return with(k, mods)
}

// held reads modifiers, and whether the key is down: kitty may report that it
// was let go.
func held(param string) (mods modifiers, pressed bool) {
	number, event, _ := strings.Cut(param, ":")
	n, err := strconv.Atoi(number)
	if number != "" && (err != nil || n < 1) {
		return 0, false
	}
	return modifiers(max(n-1, 0)), event != "3"
}

// otherKey decodes a key in the coding modifyOtherKeys of xterm. Nobody asks
// for that or for kitty's, but iTerm2 and tmux can be set to send them to every
// program.
func otherKey(code string, mods modifiers) tea.Msg {
	n, err := strconv.Atoi(code)
	if err != nil || !unicodeChar(n) {
		return nil
	}
	return plain(rune(n), mods)
}

// unicodeKey decodes a key in kitty's coding: its number, the one with shift,
// and the one at that place of a Latin keyboard.
func unicodeKey(numbers string, mods modifiers, pressed bool) tea.Msg {
	own, rest, _ := strings.Cut(numbers, ":")
	shifted, place, _ := strings.Cut(rest, ":")
	n, err := strconv.Atoi(own)
	if err != nil || !pressed {
		return nil
	}
	if k, ok := keypad[n]; ok {
		return with(k, mods)
	}
	if n >= keypadDigits && n < keypadDigits+len(keypadSigns) {
		return plain(rune(keypadSigns[n-keypadDigits]), mods&^shift)
	}
	if s, err := strconv.Atoi(shifted); err == nil && mods&shift != 0 {
		n, mods = s, mods&^shift
	}
	if p, err := strconv.Atoi(place); err == nil && mods&ctrl != 0 && n > del {
		n = p
	}
	if !unicodeChar(n) {
		return nil
	}
	return plain(rune(n), mods)
}

// unicodeChar reports whether n is a character: kitty numbers keys without one
// in the private use area.
func unicodeChar(n int) bool {
	return n >= 0 && n <= unicode.MaxRune && (n < 0xd800 || n > 0xf8ff)
}

// The keys of the keypad as kitty numbers them.
const (
	keypadDigits = 57399
	keypadSigns  = "0123456789./*-+\r=,"
)

var keypad = map[int]tea.KeyType{
	57417: tea.KeyLeft, 57418: tea.KeyRight, 57419: tea.KeyUp, 57420: tea.KeyDown, 57421: tea.KeyPgUp, 57422: tea.KeyPgDown,
	57423: tea.KeyHome, 57424: tea.KeyEnd, 57425: tea.KeyInsert, 57426: tea.KeyDelete,
}

// applicationKeys are the keys of the keypad by the final byte of their SS3
// sequence, when it is in its application mode, as PuTTY's is.
var applicationKeys = map[byte]rune{
	'I': '\t', ' ': ' ', 'M': '\r', 'X': '=', 'j': '*', 'k': '+', 'l': ',', 'm': '-', 'n': '.', 'o': '/',
	'p': '0', 'q': '1', 'r': '2', 's': '3', 't': '4', 'u': '5', 'v': '6', 'w': '7', 'x': '8', 'y': '9',
}

// ss3 decodes what follows ESC O. Nil is a sequence that means nothing here.
func ss3(body string) tea.Msg {
	final := body[len(body)-1]
	mods, _ := held(body[:len(body)-1])
	if r, ok := applicationKeys[final]; ok {
		return plain(r, mods&^shift)
	}
	if strings.IndexByte("abcd", final) >= 0 { // rxvt
		return with(finals[final-'a'+'A'], ctrl)
	}
	if k, ok := finals[final]; ok && final != 'Z' {
		return with(k, mods)
	}
	return nil
}
