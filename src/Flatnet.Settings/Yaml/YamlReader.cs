using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Flatnet.Settings;

/// <summary>Reads a document of mappings, lists and values. JSON is YAML, too. Anchors and aliases are not understood: nobody needs them here.</summary>
internal sealed class YamlReader
{
    // No setting is as deep, and no text may exhaust the stack.
    private const int MaxDepth = 32;

    private readonly Scanner _scanner;
    private readonly Parser _parser;

    private YamlReader(string text)
    {
        _scanner = new Scanner(new StringReader(text), skipComments: true);
        _parser = new Parser(_scanner);
    }

    /// <summary>The document; null when it is empty.</summary>
    /// <exception cref="YamlSyntaxException">It is not one.</exception>
    public static YamlMapping? Read(string text) => new YamlReader(text).Document();

    private YamlMapping? Document()
    {
        Next();
        if (Next() is StreamEnd)
        {
            return null;
        }

        YamlNode root = Node(Next(), MaxDepth);
        Next();
        if (Next() is not StreamEnd)
        {
            throw Wrong(_parser.Current!, "a second document begins here; a configuration is one");
        }

        return root switch
        {
            YamlMapping mapping => mapping,
            YamlScalar { IsNull: true } => null,
            _ => throw new YamlSyntaxException(root.Line, root.Column, "expected keys with values, such as 'name: value'"),
        };
    }

    private YamlNode Node(ParsingEvent first, int depth)
    {
        if (depth == 0)
        {
            throw Wrong(first, "this is nested too deep");
        }

        return first switch
        {
            Scalar scalar => Value(scalar),
            SequenceStart => Sequence(first, depth),
            MappingStart mapping => Mapping(mapping, depth),
            _ => throw Wrong(first, "an alias is not understood here; write the value"),
        };
    }

    private static YamlScalar Value(Scalar scalar) => new()
    {
        Value = scalar.Value,
        IsPlain = scalar.Style == ScalarStyle.Plain,
        Line = (int)scalar.Start.Line,
        Column = (int)scalar.Start.Column,
        Start = (int)scalar.Start.Index,
        End = (int)scalar.End.Index,
    };

    private YamlSequence Sequence(ParsingEvent start, int depth)
    {
        ImmutableArray<YamlNode>.Builder items = ImmutableArray.CreateBuilder<YamlNode>();
        ParsingEvent next = Next();
        for (; next is not SequenceEnd; next = Next())
        {
            items.Add(Node(next, depth - 1));
        }

        bool isFlow = ((SequenceStart)start).Style == SequenceStyle.Flow;
        return new YamlSequence
        {
            Items = items.ToImmutable(),
            Line = (int)start.Start.Line,
            Column = (int)start.Start.Column,
            Start = (int)start.Start.Index,
            End = EndOf(next, isFlow, items.Count > 0 ? items[^1] : null),
        };
    }

    private YamlMapping Mapping(MappingStart start, int depth)
    {
        ImmutableArray<(YamlScalar, YamlNode)>.Builder entries = ImmutableArray.CreateBuilder<(YamlScalar, YamlNode)>();
        ParsingEvent next = Next();
        for (; next is not MappingEnd; next = Next())
        {
            YamlScalar key = next is Scalar scalar ? Value(scalar) : throw Wrong(next, "a key must be a name");
            entries.Add((key, Node(Next(), depth - 1)));
        }

        bool isFlow = start.Style == MappingStyle.Flow;
        return new YamlMapping
        {
            Entries = entries.ToImmutable(),
            IsFlow = isFlow,
            Line = (int)start.Start.Line,
            Column = (int)start.Start.Column,
            Start = (int)start.Start.Index,
            End = EndOf(next, isFlow, entries.Count > 0 ? entries[^1].Item2 : null),
        };
    }

    // The parser ends a flow collection before its bracket, and a block collection only where the next thing begins.
    private static int EndOf(ParsingEvent end, bool isFlow, YamlNode? last) => isFlow ? (int)end.Start.Index + 1 : last?.End ?? (int)end.Start.Index;

    private ParsingEvent Next()
    {
        try
        {
            return _parser.MoveNext() ? _parser.Current! : throw new YamlSyntaxException(1, 1, "the document ends too early");
        }
        catch (YamlException error)
        {
            throw new YamlSyntaxException((int)error.Start.Line, (int)error.Start.Column, error.Message, error);
        }
        catch (InvalidOperationException error)
        {
            // The scanner's answer to some broken texts.
            Mark place = _scanner.CurrentPosition;
            throw new YamlSyntaxException((int)place.Line, (int)place.Column, "this is not YAML; is a bracket or quote not closed?", error);
        }
    }

    private static YamlSyntaxException Wrong(ParsingEvent place, string problem) => new((int)place.Start.Line, (int)place.Start.Column, problem);
}
