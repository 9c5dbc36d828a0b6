namespace Baton.Playbooks.Rules;

internal enum RuleTokenKind
{
    Word,
    Quoted,
    Number,
    Operator,
    Open,
    Close,
    OpenList,
    CloseList,
    Comma,
    End,
}

/// <summary>A piece of a condition. <paramref name="Position"/> counts characters from 0.</summary>
internal readonly record struct RuleToken(RuleTokenKind Kind, string Text, int Position, int End, double Number = 0)
{
    public bool Is(string word) => Kind == RuleTokenKind.Word && Text == word;

    /// <summary>The token as error messages show it.</summary>
    public string Description => Kind == RuleTokenKind.End ? "the end" : $"'{Text}'";
}

/// <summary>What is wrong with a condition and where, in characters from 0.</summary>
public readonly record struct RuleError(int Position, string Message);
