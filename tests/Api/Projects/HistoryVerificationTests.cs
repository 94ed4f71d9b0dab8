using Agency.People;
using Agency.Silo.Storage.Sqlite;
using Agency.Tests.Api.Http;
using Microsoft.Data.Sqlite;

namespace Agency.Tests.Api.Projects;

/// <summary>Somebody bends the file under the running service.</summary>
public sealed class HistoryVerificationTests(HistoryVerificationTests.Fixture api) : IClassFixture<HistoryVerificationTests.Fixture>
{
    [Theory]
    [InlineData(1, "UPDATE facts SET bytes = CAST(replace(bytes, '名1', '名9') AS BLOB) WHERE stream = ?1 AND version = 3", 3)]
    [InlineData(2, "DELETE FROM facts WHERE stream = ?1 AND version = 2", 2)]
    [InlineData(3, "UPDATE facts SET version = CASE version WHEN 3 THEN -4 ELSE -3 END WHERE stream = ?1 AND version IN (3, 4); UPDATE facts SET version = -version WHERE stream = ?1 AND version < 0", 3)]
    [InlineData(4, "DELETE FROM facts WHERE stream = ?1 AND version > 3; UPDATE summaries SET version = 3 WHERE stream = ?1", 4)]
    [InlineData(5, "UPDATE texts SET value = '改过', salt = NULL WHERE stream = ?1", 5)]
    [InlineData(6, "UPDATE texts SET value = NULL, salt = NULL WHERE stream = ?1", 5)]
    public async Task The_first_broken_fact_is_named(int number, string sql, int first)
    {
        var office = api.As(Role.Office);
        var code = await api.Registered(number);
        for (var i = 0; i < 3; i++) await (await office.Patch($"{Registration.Path}/{code}", $$"""{ "name": "名{{i}}" }""")).Body(200);
        await office.Done($"{Registration.Path}/{code}/pause", new { reason = "缓建", documentNumber = "南府办〔2026〕7号" });
        Assert.True((await office.Read($"{Registration.Path}/{code}/history/verification")).GetProperty("valid").GetBoolean());

        using (var session = new SqliteSession(api.StoreFile, SqliteOpenMode.ReadWrite)) Assert.InRange(session.Execute(sql, $"project-{code}"), 1, int.MaxValue);
        var found = await office.Read($"{Registration.Path}/{code}/history/verification");
        Assert.Equal((false, first), (found.GetProperty("valid").GetBoolean(), found.GetProperty("firstBroken").GetInt32()));
    }

    public sealed class Fixture : ApiFixture
    {
        public string StoreFile => Path.Combine(DataDirectory, SqliteDirectory.FileName);
    }
}
