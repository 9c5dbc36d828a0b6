namespace Baton.People.SignIn;

/// <summary>When an account is closed to further attempts.</summary>
/// <param name="After">Wrong passwords or codes in a row.</param>
/// <param name="For">How long it stays closed.</param>
internal sealed record LockOut(int After, TimeSpan For);
