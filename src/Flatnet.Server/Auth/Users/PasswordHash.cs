using System.Security.Cryptography;
using System.Text;

namespace Flatnet.Server.Auth.Users;

/// <summary>A password, kept so that guessing from a stolen file is slow: PBKDF2 with HMAC-SHA256.</summary>
/// <param name="Salt">Random, each password's own.</param>
/// <param name="Iterations">How often.</param>
/// <param name="Hash">The result.</param>
internal sealed record PasswordHash(byte[] Salt, int Iterations, byte[] Hash)
{
    // As OWASP's Password Storage Cheat Sheet asks for PBKDF2-HMAC-SHA256 at least.
    private const int FewestIterations = 600_000;
    private const int MostIterations = 100_000_000;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    /// <summary>Nobody's: verified for a user that does not exist, so that the answer takes as long.</summary>
    public static readonly PasswordHash Nobody = new(new byte[SaltBytes], FewestIterations, new byte[HashBytes]);

    public static PasswordHash Create(string password)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new PasswordHash(salt, FewestIterations, Derive(password, salt, FewestIterations));
    }

    /// <exception cref="FormatException">It would be too fast to guess, or never end.</exception>
    public void Check()
    {
        if (Iterations is < FewestIterations or > MostIterations || Salt.Length < SaltBytes || Hash.Length != HashBytes)
        {
            throw new FormatException($"A password needs {FewestIterations} iterations at least, a salt of {SaltBytes} bytes and a hash of {HashBytes}.");
        }
    }

    public bool Matches(string password) => CryptographicOperations.FixedTimeEquals(Derive(password, Salt, Iterations), Hash);

    public override string ToString() => nameof(PasswordHash);

    private static byte[] Derive(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA256, HashBytes);
}
