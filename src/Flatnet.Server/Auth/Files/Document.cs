using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Flatnet.Server.Auth.Files;

/// <summary>A file of credentials as one JSON document.</summary>
/// <param name="path">The file.</param>
/// <param name="type">How it is written.</param>
/// <param name="empty">What holds without a file.</param>
/// <param name="check">Throws <see cref="FormatException"/> for what JSON alone does not forbid.</param>
internal sealed class Document<T>(string path, JsonTypeInfo<T> type, T empty, Action<T> check)
    where T : class
{
    /// <exception cref="IOException">The content makes no sense.</exception>
    public T Parse(byte[] content)
    {
        try
        {
            T document = JsonSerializer.Deserialize(content, type) ?? throw new FormatException("It says null.");
            check(document);
            return document;
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            throw new IOException($"{path} is not the file it should be: {error.Message} Restore it from a copy, or move it away and create its entries again.", error);
        }
    }

    /// <summary>Changes the document while nobody else does.</summary>
    /// <returns>What the change returned.</returns>
    public TResult Change<TResult>(Func<T, (T Changed, TResult Result)> change)
    {
        using IDisposable held = OwnerOnlyFile.Lock(path);
        byte[]? content = OwnerOnlyFile.Read(path, out _);
        T before = content is null ? empty : Parse(content);
        (T after, TResult result) = change(before);
        if (!ReferenceEquals(before, after))
        {
            OwnerOnlyFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(after, type));
        }

        return result;
    }

    public T Read() => OwnerOnlyFile.Read(path, out _) is { } content ? Parse(content) : empty;

    public WatchedFile<T> Watch(Action<Exception> onBroken) => new(path, empty, Parse, onBroken);
}
