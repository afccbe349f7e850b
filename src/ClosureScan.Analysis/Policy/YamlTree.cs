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

    private YamlTree(string text, string file)
    {
        _file = file;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>The only document of <paramref name="text"/>.</summary>
    /// <exception cref="PolicyFormatException">The text is not one YAML document of plain values.</exception>
    public static YamlValue Read(TextReader text, string file)
    {
        string content = text.ReadToEnd();
        YamlTree tree = new(content, file);
        try
        {
            return tree.ReadDocument();
        }
        catch (YamlException exception)
        {
            throw Translate(file, content, exception);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // Some malformed texts get the parser into a state that it did not think of.
            throw Error(file, tree._parser.Current?.End ?? new Mark(0, 1, 1), "What follows here is no YAML.");
        }
    }

    public static PolicyFormatException Error(string file, Mark place, string problem) =>
        new(file, (int)Math.Min(place.Line, int.MaxValue), (int)Math.Min(place.Column, int.MaxValue), problem);

    /// <summary>The parser's complaint; the commonest mistakes in words that say what to do, and with the place where they are.</summary>
    private static PolicyFormatException Translate(string file, string text, YamlException exception)
    {
        string problem = exception.InnerException?.Message ?? exception.Message;
        string[] lines = text.Split('\n');
        int line = Array.FindIndex(lines, static candidate => candidate.TrimStart(' ').StartsWith('\t'));
        if (line >= 0 && problem.Contains("tab as indentation", StringComparison.Ordinal))
        {
            return Error(file, new Mark(0, line + 1, lines[line].IndexOf('\t', StringComparison.Ordinal) + 1), "A tab stands here: YAML indents with spaces.");
        }

        return Error(file, exception.Start, problem.Contains("invalid mapping", StringComparison.Ordinal)
            ? "A second \": \" in this line: write the text in quotes."
            : problem);
    }

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

        if (current is AnchorAlias alias)
        {
            throw Error(_file, current.Start, $"A value that begins with a star is an alias in YAML: write the glob in quotes, \"*{alias.Value}\".");
        }

        if (current is NodeEvent { Anchor.IsEmpty: false })
        {
            throw Error(_file, current.Start, "Anchors are not read here: write the value out where it is needed.");
        }

        if (current is NodeEvent { Tag.IsEmpty: false })
        {
            throw Error(_file, current.Start, "Tags are not read here: write the value without the word behind the exclamation mark, or in quotes.");
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
