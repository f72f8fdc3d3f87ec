namespace Flatnet.Cli.Doctor;

/// <summary>What a check found. The numbers are the exit codes.</summary>
internal enum CheckStatus
{
    Pass = 0,
    Warning = 1,
    Fail = 2,
}
