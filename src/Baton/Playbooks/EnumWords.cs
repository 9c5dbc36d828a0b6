using System.Text;

namespace Baton.Playbooks;

/// <summary>
/// The words that stand for enum values in playbooks, JSON and on screens: <c>HumanNow</c> is <c>human_now</c>.
/// </summary>
public static class EnumWords
{
    /// <summary>The snake-case word of a value.</summary>
    public static string Of<T>(T value) where T : struct, Enum =>
        Table<T>.Words[Array.IndexOf(Table<T>.Values, value)];

    /// <summary>The value of a word, or null when no value has it.</summary>
    public static T? Find<T>(string word) where T : struct, Enum
    {
        var index = Array.IndexOf(Table<T>.Words, word);
        return index < 0 ? null : Table<T>.Values[index];
    }

    /// <summary>Every word, in the order of the values.</summary>
    public static IReadOnlyList<string> All<T>() where T : struct, Enum => Table<T>.Words;

    private static string Snake(string name)
    {
        var word = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsAsciiLetterUpper(name[i]) && !char.IsAsciiLetterUpper(name[i - 1])) word.Append('_');
            word.Append(char.ToLowerInvariant(name[i]));
        }
        return word.ToString();
    }

    private static class Table<T> where T : struct, Enum
    {
        public static readonly T[] Values = Enum.GetValues<T>();
        public static readonly string[] Words = [.. Values.Select(v => Snake(v.ToString()))];
    }
}
