namespace Flatnet.Loki;

/// <summary>Why Loki gave no answer.</summary>
public enum LokiFailure
{
    /// <summary>Refused connection, time limit, unknown host, 404 or 5xx, an answer that is none: something else may be asked instead.</summary>
    Unavailable,

    /// <summary>400: the query is wrong.</summary>
    BadQuery,

    /// <summary>401 or 403.</summary>
    Unauthorized,

    /// <summary>429: asked too often, or too much.</summary>
    TooManyRequests,
}
