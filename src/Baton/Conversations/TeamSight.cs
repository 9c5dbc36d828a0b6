namespace Baton.Conversations;

/// <summary>What customers may see of the people who answer them.</summary>
/// <param name="NameOf">Name of a person by id; null for an id that is nobody's.</param>
/// <param name="Types">Whether somebody writes a reply to a ticket now.</param>
/// <param name="RoleOf">Role of a person by id; null for an id that is nobody's.</param>
internal sealed record TeamSight(
    Func<string, string?> NameOf, Func<string, bool> Types, Func<string, string?> RoleOf);
