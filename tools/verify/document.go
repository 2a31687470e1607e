package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"regexp"
	"sort"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// object is a JSON object; its numbers are json.Number, spelled as they were read.
type object map[string]any

var whole = regexp.MustCompile(`^(?:0|-?[1-9][0-9]{0,15})$`)
var digits = regexp.MustCompile(`^(?:0|[1-9][0-9]*)$`)
var sha = regexp.MustCompile(`^[0-9a-f]{64}$`)

func (o object) in(name string) object {
	inner, _ := o[name].(object)
	return inner
}

func number(value any) json.Number { return json.Number(fmt.Sprint(value)) }

func parseText(spelled []byte) (text string, err error) {
	err = json.Unmarshal(spelled, &text)
	return
}

// parseObject reads UTF-8 JSON with whole numbers below 2^53 alone.
func parseObject(content []byte) (object, error) {
	if !utf8.Valid(content) {
		return nil, fmt.Errorf("no UTF-8")
	}
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, fmt.Errorf("something follows the document")
	}
	read, err := tidy(value)
	if err != nil {
		return nil, err
	}
	found, isObject := read.(object)
	if !isObject {
		return nil, fmt.Errorf("no object")
	}
	return found, nil
}

func tidy(value any) (any, error) {
	switch value := value.(type) {
	case map[string]any:
		read := object{}
		for name, member := range value {
			inner, err := tidy(member)
			if err != nil {
				return nil, err
			}
			read[name] = inner
		}
		return read, nil
	case []any:
		for index, member := range value {
			inner, err := tidy(member)
			if err != nil {
				return nil, err
			}
			value[index] = inner
		}
	case json.Number:
		if amount, ok := new(big.Int).SetString(string(value), 10); !ok || !whole.MatchString(string(value)) || amount.BitLen() > 53 {
			return nil, fmt.Errorf("%s is no whole number below 2^53", value)
		}
	}
	return value, nil
}

// canonical writes JSON as RFC 8785 has it.
func canonical(value any) string {
	switch value := value.(type) {
	case object:
		names := make([]string, 0, len(value))
		for name := range value {
			names = append(names, name)
		}
		sort.Slice(names, func(i, j int) bool { return isBefore(names[i], names[j]) })
		members := make([]string, 0, len(names))
		for _, name := range names {
			members = append(members, canonical(name)+":"+canonical(value[name]))
		}
		return "{" + strings.Join(members, ",") + "}"
	case []any:
		members := make([]string, 0, len(value))
		for _, member := range value {
			members = append(members, canonical(member))
		}
		return "[" + strings.Join(members, ",") + "]"
	case string:
		return canonicalText(value)
	case nil:
		return "null"
	default:
		return fmt.Sprint(value)
	}
}

func isBefore(one, other string) bool {
	a, b := utf16.Encode([]rune(one)), utf16.Encode([]rune(other))
	for index := range a {
		if index >= len(b) {
			return false
		}
		if a[index] != b[index] {
			return a[index] < b[index]
		}
	}
	return len(a) < len(b)
}

func canonicalText(text string) string {
	short := map[rune]string{'"': `\"`, '\\': `\\`, '\b': `\b`, '\t': `\t`, '\n': `\n`, '\f': `\f`, '\r': `\r`}
	var out strings.Builder
	out.WriteByte('"')
	for _, character := range text {
		if escape, ok := short[character]; ok {
			out.WriteString(escape)
		} else if character < 0x20 {
			fmt.Fprintf(&out, `\u%04x`, character)
		} else {
			out.WriteRune(character)
		}
	}
	out.WriteByte('"')
	return out.String()
}

func isText(value any) bool { _, ok := value.(string); return ok }

func isCount(value any) bool {
	read, ok := value.(json.Number)
	return ok && digits.MatchString(string(read))
}

func isDigits(value any) bool {
	read, ok := value.(string)
	return ok && digits.MatchString(read)
}

func isHash(value any) bool {
	read, ok := value.(string)
	return ok && sha.MatchString(read)
}

// isListOf tells whether a value is a list of objects that are all as they should be.
func isListOf(value any, is func(object) bool) bool {
	list, ok := value.([]any)
	for _, each := range list {
		member, isObject := each.(object)
		ok = ok && isObject && is(member)
	}
	return ok
}

// isDistinct tells whether no two of a list are the same in these members.
func isDistinct(value any, names ...string) bool {
	list, _ := value.([]any)
	seen := map[string]bool{}
	for _, each := range list {
		key := []any{}
		for _, name := range names {
			key = append(key, each.(object)[name])
		}
		seen[canonical(key)] = true
	}
	return len(seen) == len(list)
}

func isTally(value object) bool {
	for _, choice := range choices {
		if inner := value.in(choice); !isCount(inner["ballots"]) || !isDigits(inner["weight"]) {
			return false
		}
	}
	return isCount(value["ballots"]) && isDigits(value["weight"])
}

func isElectorate(value any) bool {
	size, ok := value.(object)
	return ok && isCount(size["voters"]) && isDigits(size["weight"]) && isListOf(size["regions"], func(region object) bool {
		return isText(region["region"]) && isCount(region["voters"]) && isDigits(region["weight"])
	}) && isDistinct(size["regions"], "region")
}

func isOutcome(o object) bool {
	publication, tally := o.in("publication"), o.in("tally")
	for _, list := range []string{"counted", "others"} {
		if inner := publication.in(list); !isCount(inner["size"]) || !isHash(inner["root"]) {
			return false
		}
	}
	cells := publication["shown_cells"]
	return isText(o["decision_id"]) && isHash(o["manifest_hash"]) && isText(o["outcome"]) && isText(o["if_closed_now"]) &&
		o.in("rule") != nil && (o["electorate"] == nil || isElectorate(o["electorate"])) &&
		(publication["rows_root"] == nil || isHash(publication["rows_root"])) &&
		(cells == nil || isListOf(cells, func(cell object) bool {
			return isText(cell["region"]) && isCount(cell["weight"]) && isCount(cell["voters"])
		}) && isDistinct(cells, "region", "weight")) &&
		isTally(tally.in("total")) &&
		isListOf(tally["regions"], func(region object) bool { return isText(region["region"]) && isTally(region) }) &&
		isDistinct(tally["regions"], "region") &&
		isListOf(o["requirements"], func(requirement object) bool {
			_, isTold := requirement["met"].(bool)
			return isText(requirement["id"]) && isTold
		})
}

func isManifest(m object) bool {
	disclosure, _ := m["disclosure"].(string)
	return isText(m["decisionId"]) && forms[disclosure] != nil && m.in("rule") != nil &&
		isListOf(m["regions"], func(region object) bool { return isText(region["code"]) }) &&
		isDistinct(m["regions"], "code") &&
		(m["roll"] == nil || isElectorate(m["roll"])) &&
		(m["electorateSize"] == nil || isElectorate(m["electorateSize"]))
}

// electorateOf has the members of an electorate alone.
func electorateOf(size object) object {
	regions := []any{}
	for _, each := range size["regions"].([]any) {
		region := each.(object)
		regions = append(regions, object{"region": region["region"], "voters": region["voters"], "weight": region["weight"]})
	}
	return object{"voters": size["voters"], "weight": size["weight"], "regions": regions}
}
