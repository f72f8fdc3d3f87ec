namespace Flatnet.Podman;

/// <summary>What Podman accepts as the name or ID of a container.</summary>
internal static class ContainerName
{
    /// <summary>Whether a container can be called so. What cannot (<c>..</c>, <c>--all</c>, <c>a/b</c>) must not get into a path or a command.</summary>
    public static bool IsPossible(string name)
    {
        return name.Length > 0
            && char.IsAsciiLetterOrDigit(name[0])
            && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '-');
    }
}
