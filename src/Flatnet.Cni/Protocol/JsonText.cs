using Flatnet.Ipam;

namespace Flatnet.Cni.Protocol;

/// <summary>Writes one JSON document and puts the commas. Absent values are left out: nothing here prints null.</summary>
internal sealed class JsonText(int capacity = 1024)
{
    private readonly JsonBuffer _buffer = new(capacity);
    private bool _needsComma;

    /// <summary>The document so far.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    public void BeginObject() => Open("{"u8);

    public void BeginObject(string key)
    {
        Key(key);
        Open("{"u8);
    }

    public void EndObject() => Close("}"u8);

    public void BeginArray(string key)
    {
        Key(key);
        Open("["u8);
    }

    public void EndArray() => Close("]"u8);

    /// <summary>The line end after the document.</summary>
    public void EndLine() => _buffer.Append("\n"u8);

    /// <summary>A property; nothing when the value is null or empty.</summary>
    public void Property(string key, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            Key(key);
            _buffer.AppendString(value);
            _needsComma = true;
        }
    }

    /// <summary>A property; nothing when the value is null.</summary>
    public void Property(string key, int? value)
    {
        if (value is { } number)
        {
            Key(key);
            _buffer.AppendNumber(number);
            _needsComma = true;
        }
    }

    /// <summary>A list of strings; nothing when it is empty.</summary>
    public void Property(string key, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        BeginArray(key);
        for (int i = 0; i < values.Count; i++)
        {
            Separate();
            _buffer.AppendString(values[i]);
            _needsComma = true;
        }

        EndArray();
    }

    private void Key(string key)
    {
        Separate();
        _buffer.AppendString(key);
        _buffer.Append(":"u8);
        _needsComma = false;
    }

    private void Open(ReadOnlySpan<byte> bracket)
    {
        Separate();
        _buffer.Append(bracket);
        _needsComma = false;
    }

    private void Close(ReadOnlySpan<byte> bracket)
    {
        _buffer.Append(bracket);
        _needsComma = true;
    }

    private void Separate()
    {
        if (_needsComma)
        {
            _buffer.Append(","u8);
        }
    }
}
