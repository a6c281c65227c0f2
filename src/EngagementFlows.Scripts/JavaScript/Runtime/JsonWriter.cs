namespace EngagementFlows.Scripts.JavaScript;

/// <summary>JSON.stringify (ECMA-262 §25.5.2).</summary>
internal sealed class JsonWriter
{
    private readonly Realm _realm;
    private readonly TextBuilder _text;
    private readonly JsFunction? _replacer;
    private readonly List<PropertyKey>? _names;
    private readonly string _gap;
    private readonly HashSet<JsObject> _open = new(ReferenceEqualityComparer.Instance);
    private string _indent = string.Empty;

    private JsonWriter(Realm realm, JsFunction? replacer, List<PropertyKey>? names, string gap)
    {
        _realm = realm;
        _text = new TextBuilder(realm);
        _replacer = replacer;
        _names = names;
        _gap = gap;
    }

    public static Value Write(Realm realm, Value value, Value replacer, Value space)
    {
        List<PropertyKey>? names = replacer.As<JsArray>() is { } list ? NamesOf(realm, list) : null;
        JsonWriter writer = new(realm, replacer.As<JsFunction>(), names, GapOf(realm, space));
        JsObject holder = realm.NewObject();
        holder.DefineRaw(string.Empty, value, PropertyFlags.All);
        return writer.TryWrite(holder, string.Empty, value) ? writer._text.ToString() : Value.Undefined;
    }

    private static List<PropertyKey> NamesOf(Realm realm, JsArray list)
    {
        List<PropertyKey> names = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (long n = 0; n < list.Length; n++)
        {
            realm.Charge(1);
            Value item = realm.GetAt(list, n);
            if (item.IsObject && item.Object is not (JsStringObject or JsPrimitiveObject { Value.IsNumber: true }))
                continue;
            if (!item.IsObject && !item.IsString && !item.IsNumber)
                continue;
            string name = Operations.ToString(realm, item);
            if (seen.Add(name))
                names.Add(name);
        }

        return names;
    }

    private static string GapOf(Realm realm, Value space)
    {
        if (space.As<JsPrimitiveObject>() is { Value.IsNumber: true })
            space = Operations.ToNumber(realm, space);
        else if (space.As<JsStringObject>() is not null)
            space = Operations.ToString(realm, space);
        if (space.IsNumber)
            return new string(' ', (int)Math.Clamp(Operations.ToInteger(realm, space), 0, 10));
        return space.IsString ? space.Text[..Math.Min(10, space.Text.Length)] : string.Empty;
    }

    private bool TryWrite(JsObject holder, PropertyKey key, Value value)
    {
        _realm.Charge(1);
        value = Replaced(holder, key, value);
        switch (value.Kind)
        {
            case Kind.Null: _text.Append("null"); return true;
            case Kind.Boolean: _text.Append(value.IsTrue ? "true" : "false"); return true;
            case Kind.String: WriteString(value.Text); return true;
            case Kind.Number: _text.Append(double.IsFinite(value.Number) ? NumberText.Of(value.Number) : "null"); return true;
            case Kind.Object when !value.Object.IsCallable:
                WriteContainer(value.Object);
                return true;
            default: return false;
        }
    }

    private Value Replaced(JsObject holder, PropertyKey key, Value value)
    {
        if (value.IsObject)
        {
            Value toJson = value.Object.Get(_realm, Names.ToJson);
            if (toJson.IsObject && toJson.Object.IsCallable)
                value = _realm.Call(toJson, value, [key.ToValue()]);
        }

        if (_replacer is not null)
            value = _replacer.Call(_realm, holder, [key.ToValue(), value]);
        return value.IsObject ? value.Object switch
        {
            JsPrimitiveObject { Value.IsNumber: true } => Operations.ToNumber(_realm, value),
            JsPrimitiveObject { Value.IsBoolean: true } o => o.Value,
            JsStringObject => Operations.ToString(_realm, value),
            _ => value,
        }
        : value;
    }

    private void WriteContainer(JsObject o)
    {
        _realm.Descend();
        if (!_open.Add(o))
            throw _realm.TypeError("Converting circular structure to JSON.");
        string outer = _indent;
        _indent += _gap;
        if (o is JsArray)
            WriteArray(o, outer);
        else
            WriteObject(o, outer);
        _indent = outer;
        _open.Remove(o);
        _realm.Ascend();
    }

    private void WriteArray(JsObject o, string outer)
    {
        long length = _realm.LengthOf(o);
        _text.Append('[');
        for (long n = 0; n < length; n++)
        {
            if (n > 0)
                _text.Append(',');
            NewLine(_indent);
            if (!TryWrite(o, PropertyKey.OfIndex(n), _realm.GetAt(o, n)))
                _text.Append("null");
        }

        if (length > 0)
            NewLine(outer);
        _text.Append(']');
    }

    private void WriteObject(JsObject o, string outer)
    {
        bool any = false;
        _text.Append('{');
        foreach (PropertyKey key in _names ?? o.OwnKeys(_realm))
        {
            if (key.Text is not { } name)
                continue;
            if (_names is null && !(o.TryGetOwn(_realm, key, out Property property) && property.Flags.HasFlag(PropertyFlags.Enumerable)))
                continue;
            Value value = Replaced(o, key, o.Get(_realm, key));
            if (value.IsUndefined || value.IsSymbol || (value.IsObject && value.Object.IsCallable))
                continue;
            if (any)
                _text.Append(',');
            any = true;
            NewLine(_indent);
            WriteString(name);
            _text.Append(_gap.Length > 0 ? ": " : ":");
            WriteReplaced(value);
        }

        if (any)
            NewLine(outer);
        _text.Append('}');
    }

    private void WriteReplaced(Value value)
    {
        _realm.Charge(1);
        switch (value.Kind)
        {
            case Kind.Null: _text.Append("null"); break;
            case Kind.Boolean: _text.Append(value.IsTrue ? "true" : "false"); break;
            case Kind.String: WriteString(value.Text); break;
            case Kind.Number: _text.Append(double.IsFinite(value.Number) ? NumberText.Of(value.Number) : "null"); break;
            default: WriteContainer(value.Object); break;
        }
    }

    private void NewLine(string indent)
    {
        if (_gap.Length > 0)
            _text.Append("\n" + indent);
    }

    /// <summary>QuoteJSONString (ECMA-262 §25.5.2.3): lone surrogates are escaped.</summary>
    private void WriteString(string text)
    {
        _text.Append('"');
        int plain = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            string? escape = c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' => $"\\u{(int)c:x4}",
                >= '\ud800' and <= '\udfff' when Texts.CodePointAt(text, i) <= 0xffff => $"\\u{(int)c:x4}",
                _ => null,
            };
            if (escape is not null)
            {
                _text.Append(text[plain..i]);
                _text.Append(escape);
                plain = i + 1;
            }
            else if (char.IsHighSurrogate(c))
            {
                i++;
            }
        }

        _text.Append(plain == 0 ? text : text[plain..]);
        _text.Append('"');
    }
}
