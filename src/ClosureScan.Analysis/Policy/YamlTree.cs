using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ClosureScan.Analysis.Policy;

/// <summary>
/// Builds values from the events of YamlDotNet's parser: no reflection, and every value knows its place. Anchors, aliases and
/// tags are refused: a policy is to be read by a reviewer, who should not have to resolve them.
/// </summary>
internal sealed class YamlTree
{
    // Deeper than any policy; a document of a thousand brackets gets a message instead of the end of the stack.
    private const int MaxDepth = 16;

    private readonly string _file;
    private readonly Parser _parser;

    private YamlTree(TextReader text, string file)
    {
        _file = file;
        _parser = new Parser(text);
    }

    /// <summary>The only document of <paramref name="text"/>.</summary>
    /// <exception cref="PolicyFormatException">The text is not one YAML document of plain values.</exception>
    public static YamlValue Read(TextReader text, string file)
    {
        YamlTree tree = new(text, file);
        try
        {
            return tree.ReadDocument();
        }
        catch (YamlException exception)
        {
            throw Error(file, exception.Start, exception.InnerException?.Message ?? exception.Message);
        }
    }

    public static PolicyFormatException Error(string file, Mark place, string problem) =>
        new(file, (int)Math.Min(place.Line, int.MaxValue), (int)Math.Min(place.Column, int.MaxValue), problem);

    private YamlValue ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            throw Error(_file, new Mark(0, 1, 1), "The policy is empty. Delete the file, or say what it asks for, such as \"fail-on: bloats\".");
        }

        _parser.Consume<DocumentStart>();
        YamlValue value = ReadValue(0);
        _parser.Consume<DocumentEnd>();
        return _parser.Accept<StreamEnd>(out _)
            ? value
            : throw Error(_file, _parser.Current!.Start, "A second document: a policy is one document.");
    }

    private YamlValue ReadValue(int depth)
    {
        ParsingEvent current = _parser.Current ?? throw Error(_file, new Mark(0, 1, 1), "The document ends too early.");
        if (depth > MaxDepth)
        {
            throw Error(_file, current.Start, $"Nested more than {MaxDepth} deep.");
        }

        if (current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
        {
            throw Error(_file, current.Start, "Anchors and aliases are not read here: write the value out.");
        }

        return current switch
        {
            Scalar => ReadScalar(),
            SequenceStart => ReadSequence(depth),
            MappingStart => ReadMapping(depth),
            _ => throw Error(_file, current.Start, "Expected a value."),
        };
    }

    private YamlScalar ReadScalar()
    {
        Scalar scalar = _parser.Consume<Scalar>();
        return new YamlScalar(scalar.Start, scalar.Value);
    }

    private YamlSequence ReadSequence(int depth)
    {
        Mark start = _parser.Consume<SequenceStart>().Start;
        List<YamlValue> items = [];
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadValue(depth + 1));
        }

        return new YamlSequence(start, items);
    }

    private YamlMapping ReadMapping(int depth)
    {
        Mark start = _parser.Consume<MappingStart>().Start;
        List<(YamlScalar, YamlValue)> entries = [];
        HashSet<string> keys = new(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (ReadValue(depth + 1) is not YamlScalar key)
            {
                throw Error(_file, start, "A key of this mapping is no text.");
            }

            if (!keys.Add(key.Text))
            {
                throw Error(_file, key.Start, $"The key \"{key.Text}\" stands here a second time.");
            }

            entries.Add((key, ReadValue(depth + 1)));
        }

        return new YamlMapping(start, entries);
    }
}
