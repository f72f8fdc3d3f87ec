using Flatnet.Agent.Configuration;

namespace Flatnet.Agent.Transport;

/// <summary>What the agent shows to the server. From a file it can change while the agent runs.</summary>
internal sealed class Credential
{
    private readonly AuthOptions _options;
    private volatile string? _secret;

    /// <exception cref="IOException">A file cannot be read.</exception>
    public Credential(AuthOptions options)
    {
        _options = options;
        _secret = Read();
    }

    /// <summary>Name and value of the request header; null where nothing was configured.</summary>
    public (string Name, string Value)? Header => _secret is not { } secret ? null
        : _options.Type == AuthType.ApiKey ? ("X-API-Key", secret)
        : ("Authorization", "Bearer " + secret);

    /// <summary>Reads the file again.</summary>
    /// <returns>Whether there is another secret now. A file that cannot be read just now changes nothing.</returns>
    public bool Reload()
    {
        try
        {
            string? fresh = Read();
            bool isChanged = fresh != _secret;
            _secret = fresh;
            return isChanged;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private string? Read()
    {
        (string? path, string? value) = _options.Type == AuthType.ApiKey ? (_options.ApiKeyFile, _options.ApiKey) : (_options.TokenFile, _options.Token);
        if (path is null)
        {
            return value;
        }

        try
        {
            string text = File.ReadAllText(path).Trim();
            return text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange('!', '~')
                ? text
                : throw new IOException($"'{path}' holds no token: it must be one line of printable characters.");
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException($"The token in '{path}' cannot be read: {error.Message}", error);
        }
    }
}
