using Agency.Silo.Storage.Sqlite;

namespace Agency.Tests.Silo.Storage.Sqlite;

public sealed class SqliteStoreOptionsTests
{
    [Fact]
    public void Without_settings_it_is_these()
    {
        var options = new SqliteStoreOptions();
        options.Validate();
        Assert.Equal(("agency-data", 64, 10_000), (options.DataDirectory, options.Shards, options.QueueLimit));
    }

    [Theory]
    [InlineData(" ", 64, 1, "Storage:DataDirectory is empty: name a directory for the store.")]
    [InlineData("d", 0, 1, "Storage:Shards is 0: set it from 1 to 1024.")]
    [InlineData("d", 1025, 1, "Storage:Shards is 1025: set it from 1 to 1024.")]
    [InlineData("d", 64, 0, "Storage:QueueLimit is 0: set it from 1 to 1000000.")]
    [InlineData("d", 64, 1_000_001, "Storage:QueueLimit is 1000001: set it from 1 to 1000000.")]
    public void A_setting_out_of_its_range_is_told_in_one_sentence(string directory, int shards, int queueLimit, string sentence)
    {
        var options = new SqliteStoreOptions { DataDirectory = directory, Shards = shards, QueueLimit = queueLimit };
        Assert.Equal(sentence, Assert.Throws<StartupException>(options.Validate).Message);
    }
}
