namespace Flatnet.Podman.Http;

/// <summary>The head of an answer, and its body still to be read. Disposing of the body closes the connection.</summary>
/// <param name="Status">The status code, such as 200.</param>
/// <param name="Headers">Header fields; names in any case, the last of equal names counts.</param>
/// <param name="Body">The body without its framing.</param>
internal sealed record HttpReply(int Status, IReadOnlyDictionary<string, string> Headers, Stream Body)
{
    /// <summary>Whether the request succeeded.</summary>
    public bool Succeeded => Status is >= 200 and < 300;
}
