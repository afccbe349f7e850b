using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;

namespace ClosureScan.Derivations;

/// <summary>
/// Reads <c>.drv</c> files (Nix: src/libstore/derivations.cc): <c>Derive(outputs, input derivations, input sources, system, builder, arguments,
/// environment)</c>, in which strings are quoted, tuples have round brackets and lists square ones.
/// </summary>
internal ref struct DerivationParser
{
    private ReadOnlySpan<byte> _rest;
    private bool _isMalformed;

    /// <summary>Reads a file; null when it is malformed, or of a version that has another form (dynamic derivations).</summary>
    public static Derivation? Parse(ReadOnlySpan<byte> file)
    {
        DerivationParser parser = new() { _rest = file };
        parser.Take("Derive("u8);
        ImmutableArray<(string Name, string Path)> outputs = parser.Tuples(4, static fields => (fields[0], fields[1]));
        parser.Take(","u8);
        parser.SkipInputs();
        parser.Take(","u8);
        parser.Strings();
        parser.Take(","u8);
        parser.Text();
        parser.Take(","u8);
        string builder = parser.Text();
        parser.Take(","u8);
        parser.Strings();
        parser.Take(","u8);
        ImmutableArray<KeyValuePair<string, string>> variables = parser.Tuples(2, static fields => KeyValuePair.Create(fields[0], fields[1]));
        parser.Take(")"u8);
        return parser._isMalformed || !parser._rest.IsEmpty ? null : new Derivation
        {
            Outputs = [.. outputs.Select(static output => output.Path)],
            OutputNames = [.. outputs.Select(static output => output.Name)],
            Builder = builder,
            Environment = variables.DistinctBy(static variable => variable.Key).ToFrozenDictionary(),
        };
    }

    private bool Take(ReadOnlySpan<byte> token)
    {
        if (_isMalformed || !_rest.StartsWith(token))
        {
            _isMalformed = true;
            return false;
        }

        _rest = _rest[token.Length..];
        return true;
    }

    /// <summary>Whether a list goes on. It ends at its bracket.</summary>
    private bool HasItem(ref bool isFirst)
    {
        if (_isMalformed || _rest.StartsWith("]"u8))
        {
            Take("]"u8);
            return false;
        }

        bool goesOn = isFirst || Take(","u8);
        isFirst = false;
        return goesOn;
    }

    private ImmutableArray<T> Tuples<T>(int length, Func<string[], T> make)
    {
        ImmutableArray<T>.Builder tuples = ImmutableArray.CreateBuilder<T>();
        Take("["u8);
        for (bool isFirst = true; HasItem(ref isFirst);)
        {
            string[] fields = new string[length];
            for (int field = 0; field < length; field++)
            {
                Take(field == 0 ? "("u8 : ","u8);
                fields[field] = Text();
            }

            Take(")"u8);
            tuples.Add(make(fields));
        }

        return tuples.ToImmutable();
    }

    /// <summary>Passes over the derivations that this one needs, each with the names of its outputs: the paths of those stand in the environment.</summary>
    private void SkipInputs()
    {
        Take("["u8);
        for (bool isFirst = true; HasItem(ref isFirst);)
        {
            Take("("u8);
            Text();
            Take(","u8);
            Strings();
            Take(")"u8);
        }
    }

    private void Strings()
    {
        Take("["u8);
        for (bool isFirst = true; HasItem(ref isFirst);)
        {
            Text();
        }
    }

    private string Text()
    {
        if (!Take("\""u8))
        {
            return "";
        }

        int end = _rest.IndexOfAny((byte)'"', (byte)'\\');
        if (end >= 0 && _rest[end] == '"')
        {
            string plain = Encoding.UTF8.GetString(_rest[..end]);
            _rest = _rest[(end + 1)..];
            return plain;
        }

        List<byte> text = [];
        for (; end >= 0; end = _rest.IndexOfAny((byte)'"', (byte)'\\'))
        {
            text.AddRange(_rest[..end]);
            if (_rest[end] == '"')
            {
                _rest = _rest[(end + 1)..];
                return Encoding.UTF8.GetString([.. text]);
            }

            if (end + 1 == _rest.Length)
            {
                break;
            }

            text.Add(_rest[end + 1] switch { (byte)'n' => (byte)'\n', (byte)'r' => (byte)'\r', (byte)'t' => (byte)'\t', byte other => other });
            _rest = _rest[(end + 2)..];
        }

        _isMalformed = true;
        return "";
    }
}
